package dev.merapi.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds where statements end in text that comes piece by piece: at semicolons that stand outside of quotes, comments
 * and dollar quotes. It understands nothing else of SQL.
 *
 * <p>A transaction travels as one request, so the statements from {@code BEGIN} to {@code COMMIT} or {@code ROLLBACK}
 * are kept together.
 */
public final class StatementScanner {
    /** ROLLBACK TO a savepoint ends no transaction. */
    private static final Pattern TO_SAVEPOINT =
            Pattern.compile("\\brollback\\s+((work|transaction)\\s+)?to\\b", Pattern.CASE_INSENSITIVE);

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder transaction = new StringBuilder();
    private boolean inTransaction;

    /** A complete request. */
    public sealed interface Unit {
        /** One statement, ready to send. */
        record Request(String sql) implements Unit {}

        /**
         * Everything from BEGIN to COMMIT or ROLLBACK, ready to send.
         *
         * @param end which of the two
         */
        record Transaction(String sql, String end) implements Unit {}
    }

    /** Adds text and gives what is complete by it, in order. */
    public List<Unit> add(String more) {
        text.append(more);
        List<Unit> units = new ArrayList<>();
        for (int end = end(text); end >= 0; end = end(text)) {
            String statement = text.substring(0, end).strip();
            text.delete(0, end + 1);
            if (!firstWord(statement).isEmpty()) {
                accept(statement, units);
            }
        }
        return units;
    }

    /** Gives what is left at the end of the input, which needs no semicolon. */
    public List<Unit> finish() {
        List<Unit> units = new ArrayList<>();
        String rest = text.toString().strip();
        text.setLength(0);
        if (!firstWord(rest).isEmpty()) {
            accept(rest, units);
        }
        if (inTransaction) {
            // The server says best what is wrong with it.
            units.add(new Unit.Request(transaction.toString()));
            endTransaction();
        }
        return units;
    }

    /** Forgets what is incomplete. */
    public void clear() {
        text.setLength(0);
        endTransaction();
    }

    public boolean isInTransaction() {
        return inTransaction;
    }

    /** Whether text waits for its semicolon. */
    public boolean hasPartialStatement() {
        return !firstWord(text.toString()).isEmpty();
    }

    private void accept(String statement, List<Unit> units) {
        String word = firstWord(statement);
        if (!inTransaction) {
            if (word.equals("BEGIN") || word.equals("START")) {
                inTransaction = true;
                transaction.append(statement).append(";\n");
            } else {
                units.add(new Unit.Request(statement));
            }
            return;
        }
        switch (word) {
            case "ROLLBACK", "ABORT" -> {
                if (TO_SAVEPOINT.matcher(statement).find()) {
                    transaction.append(statement).append(";\n");
                } else {
                    endTransaction(statement, "ROLLBACK", units);
                }
            }
            case "COMMIT", "END" -> endTransaction(statement, "COMMIT", units);
            default -> transaction.append(statement).append(";\n");
        }
    }

    private void endTransaction(String statement, String end, List<Unit> units) {
        units.add(new Unit.Transaction(transaction + statement, end));
        endTransaction();
    }

    private void endTransaction() {
        inTransaction = false;
        transaction.setLength(0);
    }

    /** Whether this text, by itself, ends with a complete statement or holds nothing. */
    static boolean isComplete(String sql) {
        int from = 0;
        for (int end = end(sql.substring(from)); end >= 0; end = end(sql.substring(from))) {
            from += end + 1;
        }
        return firstWord(sql.substring(from)).isEmpty();
    }

    /** The index of the first semicolon that ends a statement, or -1. */
    private static int end(CharSequence sql) {
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == ';') {
                return i;
            }
            int after = skip(sql, i);
            if (after < 0) {
                return -1;
            }
            i = after;
        }
        return -1;
    }

    /** The index after the token or character at this index; -1 when the text ends inside of it. */
    private static int skip(CharSequence sql, int at) {
        char c = sql.charAt(at);
        return switch (c) {
            case '\'' -> quoted(sql, at, c, isEscapeString(sql, at));
            case '"' -> quoted(sql, at, c, false);
            case '-' -> startsWith(sql, at, "--") ? lineComment(sql, at) : at + 1;
            case '/' -> startsWith(sql, at, "/*") ? blockComment(sql, at) : at + 1;
            case '$' -> dollarQuoted(sql, at);
            default -> at + 1;
        };
    }

    private static int quoted(CharSequence sql, int at, char quote, boolean backslashes) {
        for (int i = at + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (backslashes && c == '\\') {
                i++;
            } else if (c == quote) {
                return i + 1;
            }
        }
        return -1;
    }

    /** {@code E'…'}: there a backslash hides a quote. */
    private static boolean isEscapeString(CharSequence sql, int at) {
        return at > 0
                && (sql.charAt(at - 1) == 'E' || sql.charAt(at - 1) == 'e')
                && (at == 1 || !isWordPart(sql.charAt(at - 2)));
    }

    private static int lineComment(CharSequence sql, int at) {
        for (int i = at; i < sql.length(); i++) {
            if (sql.charAt(i) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Comments may be nested. */
    private static int blockComment(CharSequence sql, int at) {
        int depth = 0;
        int i = at;
        while (i < sql.length()) {
            if (startsWith(sql, i, "/*")) {
                depth++;
                i += 2;
            } else if (startsWith(sql, i, "*/")) {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        return -1;
    }

    /** {@code $tag$ … $tag$}; a dollar sign elsewhere, as in {@code $1}, is an ordinary character. */
    private static int dollarQuoted(CharSequence sql, int at) {
        if (at > 0 && isWordPart(sql.charAt(at - 1))) {
            return at + 1;
        }
        int i = at + 1;
        while (i < sql.length() && isWordPart(sql.charAt(i))) {
            i++;
        }
        boolean isTag =
                i < sql.length() && sql.charAt(i) == '$' && (i == at + 1 || !Character.isDigit(sql.charAt(at + 1)));
        if (!isTag) {
            return at + 1;
        }
        String tag = sql.subSequence(at, i + 1).toString();
        int close = sql.toString().indexOf(tag, i + 1);
        return close < 0 ? -1 : close + tag.length();
    }

    /** The first word after blanks and comments, in upper case; empty when there is none. */
    static String firstWord(String sql) {
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (startsWith(sql, i, "--")) {
                i = lineComment(sql, i);
            } else if (startsWith(sql, i, "/*")) {
                i = blockComment(sql, i);
            } else if (Character.isWhitespace(c) || c == ';') {
                i++;
            } else {
                int end = i;
                while (end < sql.length() && isWordPart(sql.charAt(end))) {
                    end++;
                }
                return end == i ? String.valueOf(c) : sql.substring(i, end).toUpperCase(Locale.ROOT);
            }
            if (i < 0) {
                return "";
            }
        }
        return "";
    }

    private static boolean startsWith(CharSequence sql, int at, String what) {
        return at + what.length() <= sql.length() && what.contentEquals(sql.subSequence(at, at + what.length()));
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
