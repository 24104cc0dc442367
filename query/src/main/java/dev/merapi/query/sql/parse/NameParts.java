package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Name;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives names in a stored text new parts; the parser has said where they stand. */
public final class NameParts {
    /**
     * A part of a name in a text.
     *
     * @param part which one, counted from 0
     */
    public record Place(Name name, int part) {}

    private static final Pattern PART = Pattern.compile("\"(?:[^\"]|\"\")*\"|[\\p{L}_][\\p{L}\\p{N}_$]*");
    private static final Pattern DOT = Pattern.compile("\\s*\\.\\s*");

    private NameParts() {}

    /** The text with another name in these places. */
    public static String replace(String sql, List<Place> places, String newName) {
        StringBuilder renamed = new StringBuilder(sql);
        String quoted = '"' + newName.replace("\"", "\"\"") + '"';
        // From the end to the front, so that earlier positions stay right.
        places.stream()
                .distinct()
                .map(place -> find(sql, place))
                .sorted(Comparator.comparingInt((Matcher found) -> found.start())
                        .reversed())
                .forEach(found -> renamed.replace(found.start(), found.end(), quoted));
        return renamed.toString();
    }

    private static Matcher find(String sql, Place place) {
        Matcher part = PART.matcher(sql);
        int at = place.name().position();
        for (int i = 0; ; i++) {
            part.region(at, sql.length());
            if (!part.lookingAt()) {
                throw new IllegalStateException("no name at " + at + " in " + sql);
            }
            if (i == place.part()) {
                return part;
            }
            Matcher dot = DOT.matcher(sql).region(part.end(), sql.length());
            if (!dot.lookingAt()) {
                throw new IllegalStateException("no qualified name at " + at + " in " + sql);
            }
            at = dot.end();
        }
    }
}
