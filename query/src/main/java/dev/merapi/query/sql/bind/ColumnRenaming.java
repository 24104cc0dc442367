package dev.merapi.query.sql.bind;

import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.parse.ScriptParser;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives a column its new name wherever a stored expression mentions it; the parser says where that is. */
final class ColumnRenaming {
    private static final Pattern PART = Pattern.compile("\"(?:[^\"]|\"\")*\"|[\\p{L}_][\\p{L}\\p{N}_$]*");
    private static final Pattern DOT = Pattern.compile("\\s*\\.\\s*");

    private ColumnRenaming() {}

    static String rename(String sql, String column, String newName) {
        List<Name> mentions = ColumnReferences.of(ScriptParser.expression(sql)).stream()
                .filter(name -> name.last().equals(column))
                .sorted(Comparator.comparingInt(Name::position).reversed())
                .toList();
        StringBuilder renamed = new StringBuilder(sql);
        String quoted = '"' + newName.replace("\"", "\"\"") + '"';
        // From the end to the front, so that earlier positions stay right.
        for (Name mention : mentions) {
            Matcher last = lastPart(sql, mention);
            renamed.replace(last.start(), last.end(), quoted);
        }
        return renamed.toString();
    }

    private static Matcher lastPart(String sql, Name mention) {
        Matcher part = PART.matcher(sql);
        int at = mention.position();
        for (int i = 0; ; i++) {
            part.region(at, sql.length());
            if (!part.lookingAt()) {
                throw new IllegalStateException("no name at " + at + " in " + sql);
            }
            if (i == mention.parts().size() - 1) {
                return part;
            }
            Matcher dot = DOT.matcher(sql).region(part.end(), sql.length());
            if (!dot.lookingAt()) {
                throw new IllegalStateException("no qualified name at " + mention.position() + " in " + sql);
            }
            at = dot.end();
        }
    }
}
