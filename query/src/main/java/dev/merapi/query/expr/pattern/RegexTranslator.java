package dev.merapi.query.expr.pattern;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.value.Errors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Translates PostgreSQL's advanced regular expressions to those of Java, construct by construct; what has no
 * counterpart of the same meaning is refused.
 *
 * <p>The dialects agree on most and differ in traps: {@code $} of Java also matches before a last newline; {@code \b}
 * is a backspace and {@code \y} the word boundary; {@code &&} and {@code [} mean something inside Java's brackets;
 * Java's possessive quantifiers do not exist. Which of several matches at one place is taken is the business of
 * {@link Regex}.
 */
final class RegexTranslator {
    /** Parts of a bracket that are looked through in the time of one step. */
    private static final int BRACKET_PER_STEP = 4;

    private final String source;
    private final boolean expanded;
    private final boolean newlineStops;
    private final boolean newlineAnchors;
    private final StringBuilder out = new StringBuilder();
    private final RegexPauses pauses = new RegexPauses(out);
    private int at;
    private boolean quantifiable;

    /** Whether some other match at the same place may be longer or shorter than the one Java finds first. */
    private boolean ambiguous;

    /** One per open group, the whole expression first. */
    private final Deque<RegexPreference> preferences = new ArrayDeque<>(List.of(new RegexPreference()));

    /** What the group closed last prefers, until something else follows it. */
    private @Nullable Boolean closedPreference;

    private int groups;

    /** Characters and ranges of the longest bracket, which Java looks through one by one. */
    private int longestBracket;

    RegexTranslator(String source, int start, RegexFlags flags) {
        this.source = source;
        this.at = start;
        this.expanded = flags.expanded();
        this.newlineStops = flags.newlineStops();
        this.newlineAnchors = flags.newlineAnchors();
    }

    /**
     * What came out: the Java pattern, and how to choose among matches at one place.
     *
     * @param weight what a look at one character costs, 1 for all but long brackets
     */
    record Translation(Pattern pattern, boolean ambiguous, boolean shortest, int groups, int weight) {}

    Translation translate(int javaFlags) {
        while (at < source.length()) {
            construct();
        }
        settleClosedGroup();
        boolean shortest = Boolean.TRUE.equals(preferences.getFirst().shortest());
        try {
            Pattern pattern = Pattern.compile(out.toString(), javaFlags);
            return new Translation(pattern, ambiguous, shortest, groups, 1 + longestBracket / BRACKET_PER_STEP);
        } catch (PatternSyntaxException e) {
            throw invalid(e.getDescription()).causedBy(e);
        }
    }

    private void construct() {
        char c = source.charAt(at);
        switch (c) {
            case '\\' -> escape();
            case '[' -> bracket();
            case '(' -> group();
            case ')' -> closeGroup();
            case '|' -> {
                at++;
                ambiguous = true;
                emit("|", false);
                pauses.alternative();
                preferences.getLast().sawAlternative();
            }
            case '*', '+', '?' -> {
                at++;
                quantifier(String.valueOf(c), false);
            }
            case '{' -> braces();
            case '^' -> {
                at++;
                emit(newlineAnchors ? "(?m:^)" : "\\A", false);
            }
            case '$' -> {
                at++;
                emit(newlineAnchors ? "(?m:$)" : "\\z", false);
            }
            case '.' -> {
                at++;
                emit(newlineStops ? "[^\\n]" : "(?s:.)", true);
            }
            default -> plain(c);
        }
    }

    private void plain(char c) {
        if (expanded && Character.isWhitespace(c)) {
            at++;
            return;
        }
        if (expanded && c == '#') {
            int end = source.indexOf('\n', at);
            at = end < 0 ? source.length() : end + 1;
            return;
        }
        int codePoint = source.codePointAt(at);
        at += Character.charCount(codePoint);
        emit(literal(codePoint), true);
    }

    private void closeGroup() {
        at++;
        if (preferences.size() == 1) {
            throw invalid("parentheses () not balanced");
        }
        emit(")", true);
        pauses.closeGroup();
        closedPreference = preferences.removeLast().shortest();
    }

    /** A group that no quantifier followed passes on what it prefers itself. */
    private void settleClosedGroup() {
        preferences.getLast().take(closedPreference);
        closedPreference = null;
    }

    private void emit(String java, boolean canBeQuantified) {
        settleClosedGroup();
        pauses.beforePart();
        out.append(java);
        if (!canBeQuantified) {
            pauses.mayBeEmpty();
        }
        quantifiable = canBeQuantified;
    }

    private static String literal(int codePoint) {
        String character = Character.toString(codePoint);
        boolean bare = codePoint > 127 || Character.isLetterOrDigit(codePoint);
        return bare ? character : codePoint < ' ' || codePoint == 127 ? hex(codePoint) : "\\" + character;
    }

    private static String hex(int codePoint) {
        return String.format("\\x{%x}", codePoint);
    }

    private void group() {
        at++;
        if (!source.startsWith("?", at)) {
            groups++;
            emit("(", false);
            pauses.openGroup(false);
            preferences.addLast(new RegexPreference());
            return;
        }
        for (String look : new String[] {"?:", "?=", "?!", "?<=", "?<!"}) {
            if (source.startsWith(look, at)) {
                at += look.length();
                emit("(" + look, false);
                pauses.openGroup(!look.equals("?:"));
                preferences.addLast(new RegexPreference());
                return;
            }
        }
        if (source.startsWith("?#", at)) {
            int end = source.indexOf(')', at);
            if (end < 0) {
                throw invalid("parentheses () not balanced");
            }
            at = end + 1;
            return;
        }
        throw invalid("quantifier operand invalid");
    }

    private void quantifier(String java, boolean fixed) {
        if (!quantifiable) {
            throw invalid("quantifier operand invalid");
        }
        boolean lazy = at < source.length() && source.charAt(at) == '?';
        at += lazy ? 1 : 0;
        boolean closesGroup = out.charAt(out.length() - 1) == ')';
        ambiguous |= lazy || closesGroup;
        if (!fixed) {
            // A fixed count leaves the preference of what it repeats.
            closedPreference = null;
            preferences.getLast().take(lazy);
        }
        boolean group = pauses.repeatsGroup();
        out.append(java).append(lazy ? "?" : "");
        if (group) {
            pauses.pause();
        }
        quantifiable = false;
    }

    private void braces() {
        int end = source.indexOf('}', at);
        boolean counted = at + 1 < source.length() && Character.isDigit(source.charAt(at + 1));
        if (!counted) {
            // A brace that starts no count is a character.
            at++;
            emit("\\{", true);
            return;
        }
        String body = end < 0 ? "" : source.substring(at + 1, end);
        if (!body.matches("\\d{1,3}(,\\d{0,3})?")) {
            throw invalid("invalid repetition count(s)");
        }
        String[] bounds = body.split(",", -1);
        int low = Integer.parseInt(bounds[0]);
        int high = bounds.length < 2 || bounds[1].isEmpty() ? low : Integer.parseInt(bounds[1]);
        if (low > 255 || high > 255 || high < low) {
            throw invalid("invalid repetition count(s)");
        }
        at = end + 1;
        quantifier("{" + body + "}", bounds.length == 1);
    }

    private void escape() {
        at++;
        if (at >= source.length()) {
            throw invalid("invalid escape \\ sequence");
        }
        char c = source.charAt(at);
        if (!Character.isLetterOrDigit(c)) {
            int codePoint = source.codePointAt(at);
            at += Character.charCount(codePoint);
            emit(literal(codePoint), true);
            return;
        }
        at++;
        switch (c) {
            case 'd' -> emit("\\p{IsDigit}", true);
            case 'D' -> emit("\\P{IsDigit}", true);
            case 's' -> emit("[\\s\\x0B\\p{IsWhite_Space}]", true);
            case 'S' -> emit("[^\\s\\x0B\\p{IsWhite_Space}]", true);
            case 'w' -> emit(RegexClasses.WORD, true);
            case 'W' -> emit("[^\\p{IsAlphabetic}\\p{IsDigit}_]", true);
            case 'A' -> emit("\\A", false);
            case 'Z' -> emit("\\z", false);
            case 'm' -> emit(RegexClasses.WORD_START, false);
            case 'M' -> emit(RegexClasses.WORD_END, false);
            case 'y' -> emit("(?:" + RegexClasses.WORD_START + "|" + RegexClasses.WORD_END + ")", false);
            case 'Y' -> emit("(?!" + RegexClasses.WORD_START + "|" + RegexClasses.WORD_END + ")", false);
            default -> characterEscape(c);
        }
    }

    private void characterEscape(char c) {
        if (c >= '1' && c <= '9') {
            int number = c - '0';
            if (number > groups) {
                throw invalid("invalid backreference number");
            }
            emit("(?:" + RegexPauses.PAUSE + "\\" + number + ")", true);
            pauses.mayBeEmpty();
            return;
        }
        emit(literal(escapedCharacter(c)), true);
    }

    /** The character that an escape, whose letter has been read, stands for. */
    private int escapedCharacter(char c) {
        return switch (c) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'B' -> '\\';
            case 'e' -> 27;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case 'c' -> at < source.length() ? source.charAt(at++) & 31 : unknownEscape();
            case 'u' -> hexDigits(4, 4);
            case 'U' -> hexDigits(8, 8);
            case 'x' -> hexDigits(1, 6);
            case '0' -> 0;
            default -> unknownEscape();
        };
    }

    private int unknownEscape() {
        throw invalid("invalid escape \\ sequence");
    }

    private int hexDigits(int least, int most) {
        int start = at;
        while (at < source.length() && at - start < most && Character.digit(source.charAt(at), 16) >= 0) {
            at++;
        }
        if (at - start < least) {
            return unknownEscape();
        }
        int codePoint = Integer.parseUnsignedInt(source.substring(start, at), 16);
        return Character.isValidCodePoint(codePoint) ? codePoint : unknownEscape();
    }

    private void bracket() {
        if (source.startsWith("[[:<:]]", at) || source.startsWith("[[:>:]]", at)) {
            emit(source.charAt(at + 3) == '<' ? RegexClasses.WORD_START : RegexClasses.WORD_END, false);
            at += 7;
            return;
        }
        at++;
        boolean negated = at < source.length() && source.charAt(at) == '^';
        at += negated ? 1 : 0;
        StringBuilder set = new StringBuilder();
        int items = 0;
        while (items == 0 || at >= source.length() || source.charAt(at) != ']') {
            if (at >= source.length()) {
                throw invalid("brackets [] not balanced");
            }
            bracketItem(set);
            items++;
        }
        at++;
        longestBracket = Math.max(longestBracket, items);
        String excluded = negated && newlineStops ? "\\n" : "";
        emit((negated ? "[^" : "[") + set + excluded + "]", true);
    }

    private void bracketItem(StringBuilder set) {
        if (source.startsWith("[:", at)) {
            characterClass(set);
            return;
        }
        if (source.charAt(at) == '\\' && at + 1 < source.length()) {
            String shorthand = switch (source.charAt(at + 1)) {
                case 'd' -> "\\p{IsDigit}";
                case 's' -> "\\s\\x0B";
                case 'w' -> "\\p{IsAlphabetic}\\p{IsDigit}_";
                default -> "";
            };
            if (!shorthand.isEmpty()) {
                set.append(shorthand);
                at += 2;
                return;
            }
        }
        int low = bracketCharacter();
        boolean range = at + 1 < source.length() && source.charAt(at) == '-' && source.charAt(at + 1) != ']';
        set.append(hex(low));
        if (range) {
            at++;
            int high = bracketCharacter();
            if (high < low) {
                throw invalid("invalid character range");
            }
            set.append('-').append(hex(high));
        }
    }

    private int bracketCharacter() {
        if (at >= source.length()) {
            throw invalid("brackets [] not balanced");
        }
        if (source.startsWith("[.", at) || source.startsWith("[=", at)) {
            String close = source.charAt(at + 1) + "]";
            int end = source.indexOf(close, at + 2);
            if (end < 0 || source.codePointCount(at + 2, end) != 1) {
                throw invalid("invalid collating element");
            }
            int codePoint = source.codePointAt(at + 2);
            at = end + 2;
            return codePoint;
        }
        if (source.charAt(at) == '\\') {
            at++;
            if (at >= source.length()) {
                throw invalid("invalid escape \\ sequence");
            }
            char c = source.charAt(at++);
            return Character.isLetterOrDigit(c) ? escapedCharacter(c) : c;
        }
        int codePoint = source.codePointAt(at);
        at += Character.charCount(codePoint);
        return codePoint;
    }

    private void characterClass(StringBuilder set) {
        int end = source.indexOf(":]", at);
        String java = end < 0 ? null : RegexClasses.NAMED.get(source.substring(at + 2, end));
        if (java == null) {
            throw invalid("invalid character class");
        }
        set.append(java.contains("&&") ? "[" + java + "]" : java);
        at = end + 2;
    }

    private CodedException invalid(String what) {
        return new CodedException(ErrorCode.INVALID_REGEX, "invalid regular expression")
                .with("detail", what)
                .with("expression", Errors.abridged(source));
    }
}
