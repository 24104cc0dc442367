package dev.merapi.query.expr.pattern;

import java.util.Map;

/** Sets of characters as Java's expressions write them. */
final class RegexClasses {
    /** What stands between {@code [:} and {@code :]}, as the inside of a bracket. */
    static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("alpha", "\\p{IsAlphabetic}"),
            Map.entry("digit", "\\p{IsDigit}"),
            Map.entry("alnum", "\\p{IsAlphabetic}\\p{IsDigit}"),
            Map.entry("upper", "\\p{IsUppercase}"),
            Map.entry("lower", "\\p{IsLowercase}"),
            Map.entry("space", "\\s\\x0B\\p{IsWhite_Space}"),
            Map.entry("blank", " \\t"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("xdigit", "0-9A-Fa-f"),
            Map.entry("print", "\\P{Cntrl}"),
            Map.entry("graph", "\\P{Cntrl}&&[^ ]"),
            Map.entry("word", "\\p{IsAlphabetic}\\p{IsDigit}_"));

    static final String WORD = "[\\p{IsAlphabetic}\\p{IsDigit}_]";
    static final String WORD_START = "(?<!" + WORD + ")(?=" + WORD + ")";
    static final String WORD_END = "(?<=" + WORD + ")(?!" + WORD + ")";

    private RegexClasses() {}
}
