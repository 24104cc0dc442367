package dev.merapi.query.system;

import java.util.regex.Pattern;

/** Names as they are written in SQL text. */
final class Identifiers {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    private Identifiers() {}

    /** A name as it must be written: in double quotes unless it is plain. */
    static String quote(String name) {
        return PLAIN.matcher(name).matches() ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
