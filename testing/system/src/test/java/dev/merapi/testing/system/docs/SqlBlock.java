package dev.merapi.testing.system.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of SQL on a page. It is one request, and has to succeed; comments {@code --> a | b} say what rows it gives.
 * If its lines are marked {@code -- refused: CODE}, each is a request of its own that has to fail so. In a block that
 * begins with {@code ```sql live} each line is a live query that has to begin, unless it is marked so.
 *
 * @param place of its first line
 * @param lines without the fences
 * @param live whether its lines are live queries
 */
record SqlBlock(String place, List<String> lines, boolean live) {
    private static final Pattern REFUSED = Pattern.compile("(.*;)\\s*-- refused: ([A-Z_]+)");
    private static final Pattern ROW = Pattern.compile(".*--> (.*)");

    /** A statement and the code it is refused with; null if it is not. */
    record Line(String sql, @Nullable String code) {}

    static List<SqlBlock> of(Path page) throws IOException {
        List<SqlBlock> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            boolean live = lines.get(i).equals("```sql live");
            if (live || lines.get(i).equals("```sql")) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
                String place = page.getFileName() + ":" + (i + 2);
                blocks.add(new SqlBlock(place, List.copyOf(lines.subList(i + 1, end)), live));
                i = end;
            }
        }
        return blocks;
    }

    String text() {
        return String.join("\n", lines);
    }

    /** The rows the block says it gives, in order. */
    List<String> rows() {
        return lines.stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1).strip())
                .toList();
    }

    boolean isRefused() {
        return text().contains("-- refused: ");
    }

    /** The lines as statements of their own. */
    List<Line> statements() {
        return lines.stream()
                .filter(line -> !line.isBlank())
                .map(line -> {
                    Matcher refusal = REFUSED.matcher(line);
                    return refusal.matches() ? new Line(refusal.group(1), refusal.group(2)) : new Line(line, null);
                })
                .toList();
    }
}
