package dev.merapi.testing.system.house;

import dev.merapi.testing.system.house.JavaSource.Extent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What may stand in a file, whatever the file is about. The patterns are written so that they do not match themselves.
 */
final class SourceTextTest {
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K)\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@(Disab[l]ed|Igno[r]e)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.}/])(/wo[r]k|/ho[m]e|/ro[o]t|/Us[e]rs)/\\w|[A-Z]:\\\\+Us[e]rs");
    private static final Pattern REGISTRY =
            Pattern.compile("(?i)(repo1?[.]maven|(repo|central)[.]maven[.]apache|maven[.]org/|"
                    + "sonatype[.]|jcente[r]|jitpac[k]|npmjs[.]|pypi[.]org|github[.]com|gitlab[.]com|bitbucket[.]org|"
                    + "docker[.]io|ghcr[.]io|quay[.]io|crates[.]io|packages[.]debian)");
    private static final Pattern TEST_NAME = Pattern.compile("[a-z][a-z0-9]*(_[A-Za-z0-9]+)+");

    @Test
    void nothing_is_left_for_later() {
        hold(
                "What is known to be unfinished is an issue with an owner, not a mark in the source that nobody"
                        + " counts.",
                UNFINISHED,
                Project.texts());
    }

    @Test
    void no_test_is_switched_off() {
        hold(
                "A test that is switched off says nothing and looks like proof: repair it or delete it.",
                SWITCHED_OFF,
                Project.files("java"));
    }

    @Test
    void no_file_knows_somebodys_machine() {
        hold(
                "A path of one machine breaks on every other: make it relative to the project, or a setting.",
                MACHINE_PATH,
                Project.texts());
    }

    @Test
    void no_file_names_a_registry() {
        hold(
                "Where artifacts and repositories come from is a setting of the machine that builds, never of the"
                        + " project.",
                REGISTRY,
                Project.texts());
    }

    @Test
    void each_package_says_what_it_is_for() {
        Set<Path> described = JavaSource.main().stream()
                .filter(source -> source.name().equals("package-info"))
                .map(JavaSource::folder)
                .collect(Collectors.toSet());
        List<String> broken = JavaSource.main().stream()
                .filter(source -> !source.isInfo())
                .map(JavaSource::folder)
                .distinct()
                .filter(folder -> !described.contains(folder))
                .map(Path::toString)
                .toList();

        Project.hold(
                "Each package of the main sources has a package-info: its purpose, the thread that owns it, what it"
                        + " must not do.",
                broken);
    }

    @Test
    void each_module_is_null_marked() {
        List<String> broken = JavaSource.main().stream()
                .filter(source -> source.name().equals("module-info"))
                .map(JavaSource::file)
                .filter(file -> !Project.read(file).contains("@NullMarked"))
                .map(Path::toString)
                .toList();

        Project.hold(
                "Each module is @NullMarked: absence is said with @Nullable, and the compiler holds us to it.", broken);
    }

    @Test
    void a_test_is_found_by_the_build() {
        List<String> broken = JavaSource.tests().stream()
                .filter(source -> !source.name().endsWith("Test"))
                .filter(source -> source.topLevelTypes().stream()
                        .noneMatch(type -> type.name().startsWith("Abstract")))
                .filter(source -> source.methods().stream().anyMatch(SourceTextTest::isTest))
                .map(source -> source.file().toString())
                .toList();

        Project.hold("A class with tests is called ...Test: others are skipped by the build without a word.", broken);
    }

    @Test
    void the_name_of_a_test_is_a_behaviour() {
        List<String> broken = new ArrayList<>();
        for (JavaSource source : JavaSource.tests()) {
            source.methods().stream()
                    .filter(SourceTextTest::isTest)
                    .filter(method -> !TEST_NAME.matcher(method.name()).matches())
                    .forEach(method -> broken.add(source.file() + ":" + method.firstLine() + " " + method.name()));
        }

        Project.hold(
                "A test is named after a behaviour, in words: uncommitted_rows_are_invisible_to_readers, not"
                        + " testCommit2.",
                broken);
    }

    private static boolean isTest(Extent method) {
        return method.annotations().stream().anyMatch(Set.of("Test", "ParameterizedTest", "RepeatedTest")::contains);
    }

    private static void hold(String rule, Pattern forbidden, List<Path> files) {
        List<String> broken = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Project.read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                Matcher matcher = forbidden.matcher(lines.get(i));
                if (matcher.find()) {
                    broken.add(file + ":" + (i + 1) + " " + matcher.group());
                }
            }
        }
        Project.hold(rule, broken);
    }
}
