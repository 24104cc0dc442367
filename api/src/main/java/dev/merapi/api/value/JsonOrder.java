package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * jsonb's order of JSON values, compared in their canonical UTF-8 text without making objects of them: null, strings,
 * numbers, booleans, arrays, objects; strings by code point, numbers by value; of arrays and objects the one with fewer
 * elements is less, then element by element. An empty array at the top is below everything, a quirk of jsonb kept for
 * ever.
 */
public final class JsonOrder {
    private JsonOrder() {}

    /** Compares two values as jsonb does. */
    public static int compare(Json left, Json right) {
        byte[] a = left.text().getBytes(StandardCharsets.UTF_8);
        byte[] b = right.text().getBytes(StandardCharsets.UTF_8);
        return compare(a, 0, a.length, b, 0, b.length);
    }

    /** Compares two canonical texts. */
    static int compare(byte[] left, int from, int to, byte[] right, int otherFrom, int otherTo) {
        if (Arrays.equals(left, from, to, right, otherFrom, otherTo)) {
            return 0;
        }
        boolean empty = isEmptyArray(left, from, to);
        boolean otherEmpty = isEmptyArray(right, otherFrom, otherTo);
        if (empty || otherEmpty) {
            return empty ? -1 : 1;
        }
        try {
            return new Cursor(left, from, to).compareValue(new Cursor(right, otherFrom, otherTo));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw notCanonical().causedBy(e);
        }
    }

    private static CodedException notCanonical() {
        return new CodedException(ErrorCode.MALFORMED_BSATN, "JSON is not in its canonical form");
    }

    private static boolean isEmptyArray(byte[] text, int from, int to) {
        return to - from == 2 && text[from] == '[' && text[from + 1] == ']';
    }

    /** A place in a canonical text. */
    private static final class Cursor {
        private final byte[] text;
        private final int end;
        private int at;
        private int depth;

        Cursor(byte[] text, int at, int end) {
            this.text = text;
            this.at = at;
            this.end = end;
        }

        private Cursor copy() {
            return new Cursor(text, at, end);
        }

        /** Compares the values here and steps behind both, unless they differ. */
        int compareValue(Cursor other) {
            int rank = rank();
            int byRank = Integer.compare(rank, other.rank());
            if (byRank != 0) {
                return byRank;
            }
            return switch (rank) {
                case 1 -> compareString(other);
                case 2 -> number().compareTo(other.number());
                case 0, 3 -> compareWord(other);
                default -> compareElements(other, rank == 5);
            };
        }

        private int rank() {
            return switch (text[at]) {
                case 'n' -> 0;
                case '"' -> 1;
                case 't', 'f' -> 3;
                case '[' -> 4;
                case '{' -> 5;
                default -> 2;
            };
        }

        /** {@code false} is before {@code true}, as its letters are. */
        private int compareWord(Cursor other) {
            int sign = Integer.compare(text[at], other.text[other.at]);
            skip();
            other.skip();
            return sign;
        }

        private BigDecimal number() {
            int start = at;
            skip();
            return new BigDecimal(new String(text, start, at - start, StandardCharsets.US_ASCII));
        }

        private int compareString(Cursor other) {
            at++;
            other.at++;
            while (true) {
                int a = nextByte();
                int b = other.nextByte();
                if (a != b || a < 0) {
                    return Integer.compare(a, b);
                }
            }
        }

        /** Keys: the shorter one first. */
        private int compareKey(Cursor other) {
            int byLength = Integer.compare(copy().length(), other.copy().length());
            return byLength != 0 ? byLength : compareString(other);
        }

        private int length() {
            at++;
            int length = 0;
            while (nextByte() >= 0) {
                length++;
            }
            return length;
        }

        /** The next byte of a string with its escapes undone, -1 behind its last. */
        private int nextByte() {
            byte next = text[at++];
            if (next == '"') {
                return -1;
            }
            if (next != '\\') {
                return next & 0xff;
            }
            byte escape = text[at++];
            return switch (escape) {
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> {
                    // Canonical text writes no other characters so than those below U+0020.
                    at += 4;
                    yield Integer.parseInt(new String(text, at - 4, 4, StandardCharsets.US_ASCII), 16);
                }
                default -> escape & 0xff;
            };
        }

        private int compareElements(Cursor other, boolean members) {
            enter();
            int count = copy().countElements();
            int sign = Integer.compare(count, other.copy().countElements());
            at++;
            other.at++;
            for (int i = 0; sign == 0 && i < count; i++) {
                sign = compareElement(other, members);
                separator();
                other.separator();
            }
            if (count == 0) {
                at++;
                other.at++;
            }
            depth--;
            return sign;
        }

        /** What was stored is not nested deeper; bytes from elsewhere must not cost the stack. */
        private void enter() {
            if (++depth > JsonText.MAX_DEPTH + 1) {
                throw notCanonical();
            }
        }

        private int compareElement(Cursor other, boolean member) {
            int sign = 0;
            if (member) {
                sign = compareKey(other);
                at += 2;
                other.at += 2;
            }
            return sign != 0 ? sign : compareValue(other);
        }

        /** Steps over {@code ", "} or the closing bracket. */
        private void separator() {
            at += at < end && text[at] == ',' ? 2 : 1;
        }

        private int countElements() {
            at++;
            int count = 0;
            while (text[at] != ']' && text[at] != '}') {
                skipElement();
                count++;
            }
            return count;
        }

        private void skipElement() {
            skip();
            if (text[at] == ':') {
                at += 2;
                skip();
            }
            if (text[at] == ',') {
                at += 2;
            }
        }

        private void skip() {
            switch (text[at]) {
                case '"' -> length();
                case '[', '{' -> {
                    enter();
                    at++;
                    while (text[at] != ']' && text[at] != '}') {
                        skipElement();
                    }
                    at++;
                    depth--;
                }
                default -> {
                    while (at < end && ",]}".indexOf(text[at]) < 0) {
                        at++;
                    }
                }
            }
        }
    }
}
