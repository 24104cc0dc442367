package dev.merapi.cli.output;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.TextFormat;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * Rows as aligned columns, numbers to the right:
 *
 * <pre>
 *  id | body
 * ----+-------
 *   1 | hello
 * </pre>
 *
 * Line breaks are shown as {@code ↵} and other control characters as their code: the content of a table must not be
 * able to command a terminal.
 */
public final class TextTable {
    private TextTable() {}

    /** Header, rule and rows; a result without columns is one empty header. */
    public static List<String> lines(Rows rows) {
        int columns = rows.columns().size();
        String[] header = new String[columns];
        boolean[] right = new boolean[columns];
        int[] widths = new int[columns];
        for (int c = 0; c < columns; c++) {
            header[c] = visible(rows.columns().column(c).name());
            right[c] = isNumber(rows.columns().column(c).type());
            widths[c] = width(header[c]);
        }
        List<String[]> cells = new ArrayList<>(rows.size());
        for (Row row : rows) {
            String[] texts = new String[columns];
            for (int c = 0; c < columns; c++) {
                texts[c] = cell(row, c);
                widths[c] = Math.max(widths[c], width(texts[c]));
            }
            cells.add(texts);
        }
        List<String> lines = new ArrayList<>(rows.size() + 2);
        lines.add(line(header, widths, new boolean[columns]));
        lines.add(rule(widths));
        cells.forEach(texts -> lines.add(line(texts, widths, right)));
        return lines;
    }

    private static String cell(Row row, int column) {
        Object value = row.get(column);
        return value == null
                ? "NULL"
                : visible(TextFormat.format(row.columns().column(column).type(), value));
    }

    private static String line(String[] texts, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < texts.length; c++) {
            String padding = " ".repeat(widths[c] - width(texts[c]));
            line.append(c == 0 ? " " : " | ");
            line.append(right[c] ? padding + texts[c] : texts[c] + padding);
        }
        return line.toString().stripTrailing();
    }

    private static String rule(int[] widths) {
        StringBuilder rule = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            rule.append(c == 0 ? "" : "+").append("-".repeat(widths[c] + 2));
        }
        return rule.toString();
    }

    private static boolean isNumber(ColumnType type) {
        return type instanceof DecimalType
                || (type instanceof ScalarType scalar && (scalar.isInteger() || scalar.isFloat()));
    }

    /** Columns the text takes on a terminal. */
    private static int width(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                visible.append('↵');
            } else if (Character.isISOControl(c)) {
                visible.append("\\x%02x".formatted(c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }
}
