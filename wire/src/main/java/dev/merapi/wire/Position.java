package dev.merapi.wire;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.HexFormat;

/**
 * A point in the history of one database.
 *
 * <p>The text form is {@code offset@epoch}: the offset in decimal, the epoch as 16 hexadecimal digits, for example
 * {@code 4711@00c0ffee00c0ffee}.
 *
 * @param epoch names the history: offsets of different epochs must not be compared. All 64 bits are used
 * @param offset the last commit before this point; 0 is the beginning
 */
public record Position(long epoch, long offset) {
    private static final int EPOCH_DIGITS = 16;

    public Position withOffset(long newOffset) {
        return new Position(epoch, newOffset);
    }

    /**
     * Reads the text form.
     *
     * @throws CodedException INVALID_POSITION when the text is anything else
     */
    public static Position parse(String text) {
        int at = text.indexOf('@');
        if (at > 0 && text.length() == at + 1 + EPOCH_DIGITS) {
            try {
                long offset = Long.parseLong(text, 0, at, 10);
                long epoch = Long.parseUnsignedLong(text, at + 1, text.length(), 16);
                if (offset >= 0 && text.charAt(0) != '+' && text.charAt(at + 1) != '+') {
                    return new Position(epoch, offset);
                }
            } catch (NumberFormatException e) {
                // falls through to the one refusal below
            }
        }
        throw new CodedException(ErrorCode.INVALID_POSITION, "text is not a position")
                .with("text", text.length() > 80 ? text.substring(0, 80) + "…" : text)
                .hint("a position looks like 4711@00c0ffee00c0ffee: offset, @, epoch as 16 hexadecimal digits");
    }

    /** The text form. */
    @Override
    public String toString() {
        return offset + "@" + HexFormat.of().toHexDigits(epoch);
    }
}
