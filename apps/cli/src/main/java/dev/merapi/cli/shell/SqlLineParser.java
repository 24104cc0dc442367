package dev.merapi.cli.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Tells the line editor when what was typed is complete: a command of the shell is after one line, SQL after its
 * semicolon. For completion it finds the word at the cursor.
 */
final class SqlLineParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !isComplete(line)) {
            throw new EOFError(-1, -1, "the statement has no semicolon yet", "");
        }
        int start = cursor;
        while (start > 0 && isNamePart(line.charAt(start - 1))) {
            start--;
        }
        int end = cursor;
        while (end < line.length() && isNamePart(line.charAt(end))) {
            end++;
        }
        return new Word(line, cursor, line.substring(start, end), cursor - start, line.substring(0, start));
    }

    private static boolean isComplete(String line) {
        return ShellCommand.isCommand(line) || StatementScanner.isComplete(line);
    }

    /** A dot belongs to a name: {@code table.column} is completed as a whole. */
    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '\\';
    }

    @Override
    public boolean isEscapeChar(char ch) {
        return false;
    }

    /** The word at the cursor, and what stands before it. */
    record Word(String line, int cursor, String word, int wordCursor, String before) implements CompletingParsedLine {
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }
}
