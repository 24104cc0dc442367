package dev.merapi.testing.system.house;

import dev.merapi.testing.system.house.JavaSource.Extent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every codebase has one centre that swells. Here it is noticed while splitting it is still an afternoon. */
final class SizeBudgetsTest {
    private static final int METHOD_LINES_MAX = 60;
    private static final int CLASS_LINES_MAX = 400;
    private static final int LARGE_CLASS_LINES_MAX = 700;
    private static final int TYPES_PER_PACKAGE_MAX = 25;
    private static final int COLUMNS_MAX = 120;

    /** Classes of the main sources that may reach 700 lines: simple name, and why it is one thing. */
    private static final Map<String, String> LARGE_CLASSES = Map.of();

    @Test
    void a_method_is_one_thought() {
        List<String> broken = new ArrayList<>();
        for (JavaSource source : JavaSource.all()) {
            for (Extent method : source.methods()) {
                if (method.lines() > METHOD_LINES_MAX) {
                    broken.add("%s:%d %s has %d lines"
                            .formatted(source.file(), method.firstLine(), method.name(), method.lines()));
                }
            }
        }

        Project.hold(
                "A method has at most " + METHOD_LINES_MAX + " lines (better 40): what does not fit on a screen is not "
                        + "read as one thought. Split it by phase, not into a helper class.",
                broken);
    }

    @Test
    void a_class_is_one_responsibility() {
        List<String> broken = new ArrayList<>();
        for (JavaSource source : JavaSource.all()) {
            boolean large = source.isTest() || LARGE_CLASSES.containsKey(source.name());
            int limit = large ? LARGE_CLASS_LINES_MAX : CLASS_LINES_MAX;
            for (Extent type : source.topLevelTypes()) {
                if (type.lines() > limit) {
                    broken.add("%s:%d %s has %d lines"
                            .formatted(source.file(), type.firstLine(), type.name(), type.lines()));
                }
            }
        }

        Project.hold(
                "A class has at most " + CLASS_LINES_MAX + " lines (tests, and classes listed here with a reason, "
                        + LARGE_CLASS_LINES_MAX + "): a larger one has two owners or two phases. Split it by those.",
                broken);
    }

    @Test
    void exceptions_that_are_no_longer_needed_go() {
        List<String> broken = new ArrayList<>();
        LARGE_CLASSES.keySet().stream()
                .filter(name -> JavaSource.main().stream()
                        .filter(source -> source.name().equals(name))
                        .flatMap(source -> source.topLevelTypes().stream())
                        .noneMatch(type -> type.lines() > CLASS_LINES_MAX))
                .forEach(broken::add);

        Project.hold(
                "A class that is small again leaves the list of large classes, lest it grow back unnoticed.", broken);
    }

    @Test
    void a_package_is_one_concept() {
        Map<Path, Integer> types = new TreeMap<>();
        for (JavaSource source : JavaSource.main()) {
            types.merge(source.folder(), source.topLevelTypes().size(), Integer::sum);
        }
        List<String> broken = new ArrayList<>();
        types.forEach((folder, count) -> {
            if (count > TYPES_PER_PACKAGE_MAX) {
                broken.add(folder + " has " + count + " types");
            }
        });

        Project.hold(
                "A package has at most " + TYPES_PER_PACKAGE_MAX
                        + " types: more is not one concept, and nobody reads the "
                        + "list. Cut it by the nouns of the field.",
                broken);
    }

    @Test
    void a_line_fits_beside_another() {
        List<String> broken = new ArrayList<>();
        for (Path file : Project.files("java")) {
            List<String> lines = Project.read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).codePointCount(0, lines.get(i).length()) > COLUMNS_MAX) {
                    broken.add(file + ":" + (i + 1));
                }
            }
        }

        Project.hold(
                "A line has at most " + COLUMNS_MAX + " columns, so that two files can be read side by side.", broken);
    }
}
