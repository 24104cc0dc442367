package dev.merapi.testing.system.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cases in which Merapi is known to answer otherwise, by reason; see {@code differences.txt}. */
record Differences(Map<String, List<String>> casesByReason) {
    static Differences read() {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        List<String> cases = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(CaseFiles.ROOT.resolve("differences.txt"))) {
                if (line.startsWith("= ")) {
                    cases = new ArrayList<>();
                    reasons.put(line.substring(2).strip(), cases);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    cases.add(line.strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Differences(reasons);
    }

    boolean contains(String caseId) {
        return casesByReason.values().stream().anyMatch(cases -> cases.contains(caseId));
    }

    List<String> all() {
        return casesByReason.values().stream().flatMap(List::stream).toList();
    }

    /** The page {@code docs/sql-differences.md}: reasons, and under each its cases with both answers. */
    String page(Map<String, SqlCase> cases, Map<String, String> expected, Map<String, String> actual) {
        StringBuilder page = new StringBuilder("""
            # Where Merapi differs from PostgreSQL

            PostgreSQL 18 is the reference for what SQL means. %,d hand-picked cases and some thousand generated ones
            are run on both; these are the cases that do not agree, with the reason. A test writes this page from the
            cases and fails when one of them agrees again.
            """.formatted(cases.size()));
        casesByReason.forEach((reason, ids) -> {
            page.append("\n## ").append(reason).append("\n");
            for (String id : ids) {
                page.append("\n```sql\n").append(cases.get(id).text()).append("\n```\n");
                page.append("\nPostgreSQL:\n\n```text\n")
                        .append(expected.get(id))
                        .append("```\n");
                page.append("\nMerapi:\n\n```text\n").append(actual.get(id)).append("```\n");
            }
        });
        return page.toString();
    }
}
