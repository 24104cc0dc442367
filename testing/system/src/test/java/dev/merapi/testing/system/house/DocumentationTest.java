package dev.merapi.testing.system.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pages rot silently unless something reads them: this does, on every build. */
final class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)\\s]+)(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern IMAGE = Pattern.compile("!\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

    private static final Map<Path, Page> PAGES = new HashMap<>();

    @Test
    void each_module_has_a_first_page() {
        List<String> broken = new ArrayList<>();
        for (Path module : Project.modules()) {
            if (!Project.exists(module.resolve("README.md"))) {
                broken.add(module.toString());
            }
        }

        Project.hold(
                "Each module has a README: what it is for, the types to know in reading order, the thread that owns"
                        + " it, how it is tested.",
                broken);
    }

    @Test
    void a_page_has_one_title() {
        List<String> broken = new ArrayList<>();
        for (Path file : Project.files("md")) {
            long titles = page(file).lines().stream()
                    .filter(line -> line.startsWith("# "))
                    .count();
            if (titles != 1) {
                broken.add(file + " has " + titles);
            }
        }

        Project.hold("A page has exactly one title of the first level: it is about one thing.", broken);
    }

    @Test
    void a_link_leads_somewhere() {
        List<String> broken = new ArrayList<>();
        for (Path file : Project.files("md")) {
            for (String line : page(file).lines()) {
                for (Pattern kind : List.of(LINK, IMAGE)) {
                    Matcher link = kind.matcher(line);
                    while (link.find()) {
                        if (!leadsSomewhere(file, link.group(1))) {
                            broken.add(file + " -> " + link.group(1));
                        }
                    }
                }
            }
        }

        Project.hold("A relative link names a file that exists, and a heading it has.", broken);
    }

    private static boolean leadsSomewhere(Path from, String link) {
        if (ELSEWHERE.matcher(link).matches()) {
            return true;
        }
        int hash = link.indexOf('#');
        String target = hash < 0 ? link : link.substring(0, hash);
        Path file = target.isEmpty() ? from : from.resolveSibling(target).normalize();
        if (!Project.exists(file)) {
            return false;
        }
        boolean page = file.toString().endsWith(".md");
        return hash < 0 || !page || page(file).anchors().contains(link.substring(hash + 1));
    }

    private static Page page(Path file) {
        return PAGES.computeIfAbsent(file, Page::read);
    }

    /** A page without its code: what stands between fences is nobody's heading and nobody's link. */
    private record Page(List<String> lines, Set<String> anchors) {

        static Page read(Path file) {
            List<String> lines = new ArrayList<>();
            Set<String> anchors = new HashSet<>();
            boolean code = false;
            for (String line : Project.read(file).lines().toList()) {
                if (line.strip().startsWith("```")) {
                    code = !code;
                } else if (!code) {
                    lines.add(line.replaceAll("`[^`]*`", "`"));
                    if (line.startsWith("#")) {
                        anchors.add(anchor(line));
                    }
                }
            }
            return new Page(lines, anchors);
        }

        /** As the usual viewers make it: lower case, letters, digits and hyphens, blanks as hyphens. */
        private static String anchor(String heading) {
            return heading.replaceFirst("^#+\\s*", "")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                    .replaceAll("\\s", "-");
        }
    }
}
