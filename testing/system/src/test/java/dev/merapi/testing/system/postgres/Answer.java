package dev.merapi.testing.system.postgres;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a database said to one statement, in a form that two databases can be compared by: text. */
sealed interface Answer {

    /** The answer as lines; rows of an unordered answer are sorted. */
    String render(boolean ordered);

    /**
     * Rows.
     *
     * @param columns name and type of each column
     * @param rows    each value in PostgreSQL's text form, null for NULL
     */
    record Rows(List<Column> columns, List<List<@Nullable String>> rows) implements Answer {
        record Column(String name, String type) {}

        @Override
        public String render(boolean ordered) {
            List<String> lines = new ArrayList<>();
            for (List<@Nullable String> row : rows) {
                lines.add(String.join(" | ", row.stream().map(Answer::escape).toList()));
            }
            if (!ordered) {
                lines.sort(null);
            }
            lines.addFirst(String.join(
                    " | ",
                    columns.stream().map(c -> escape(c.name) + " " + c.type).toList()));
            lines.add("rows " + rows.size());
            return String.join("\n", lines) + "\n";
        }
    }

    /** A statement without rows: how many it changed. */
    record Count(long rows) implements Answer {
        @Override
        public String render(boolean ordered) {
            return "count " + rows + "\n";
        }
    }

    /** A refusal. The text is for the reader of a failure and takes no part in the comparison. */
    record Refused(String sqlState, String text) implements Answer {
        @Override
        public String render(boolean ordered) {
            return "error " + sqlState + "\n";
        }
    }

    static String render(List<Answer> answers, boolean ordered) {
        StringBuilder text = new StringBuilder();
        answers.forEach(answer -> text.append(answer.render(ordered)));
        return text.toString();
    }

    private static String escape(@Nullable String value) {
        if (value == null) {
            return "\\N";
        }
        return value.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("|", "\\|");
    }
}
