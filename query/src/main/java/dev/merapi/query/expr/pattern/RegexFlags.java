package dev.merapi.query.expr.pattern;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;

/**
 * The flags of a regular expression.
 *
 * @param global whether all matches count; only some functions know it
 * @param literal whether the expression is plain text
 * @param expanded whether white space and comments in the expression are ignored
 * @param newlineStops whether {@code .} and negated brackets do not match a newline
 * @param newlineAnchors whether {@code ^} and {@code $} match at every line
 */
public record RegexFlags(
        boolean global,
        boolean ignoreCase,
        boolean literal,
        boolean expanded,
        boolean newlineStops,
        boolean newlineAnchors) {
    public static final RegexFlags NONE = new RegexFlags(false, false, false, false, false, false);
    public static final RegexFlags IGNORE_CASE = new RegexFlags(false, true, false, false, false, false);

    /** Reads flag letters on top of these. */
    public RegexFlags and(String letters) {
        RegexFlags flags = this;
        for (int i = 0; i < letters.length(); i++) {
            flags = flags.and(letters.charAt(i));
        }
        return flags;
    }

    private RegexFlags and(char letter) {
        return switch (letter) {
            case 'g' -> new RegexFlags(true, ignoreCase, literal, expanded, newlineStops, newlineAnchors);
            case 'i' -> new RegexFlags(global, true, literal, expanded, newlineStops, newlineAnchors);
            case 'c' -> new RegexFlags(global, false, literal, expanded, newlineStops, newlineAnchors);
            case 'q' -> new RegexFlags(global, ignoreCase, true, expanded, newlineStops, newlineAnchors);
            case 'x' -> new RegexFlags(global, ignoreCase, literal, true, newlineStops, newlineAnchors);
            case 't' -> new RegexFlags(global, ignoreCase, literal, false, newlineStops, newlineAnchors);
            case 'n', 'm' -> new RegexFlags(global, ignoreCase, literal, expanded, true, true);
            case 's' -> new RegexFlags(global, ignoreCase, literal, expanded, false, false);
            case 'p' -> new RegexFlags(global, ignoreCase, literal, expanded, true, false);
            case 'w' -> new RegexFlags(global, ignoreCase, literal, expanded, false, true);
            default ->
                throw new CodedException(ErrorCode.INVALID_ARGUMENT, "invalid regular expression option")
                        .with("option", letter);
        };
    }
}
