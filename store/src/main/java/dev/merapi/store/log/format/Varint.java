package dev.merapi.store.log.format;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import java.nio.charset.StandardCharsets;

/** Numbers in seven bits per byte, low bits first: most numbers in a log are small. */
final class Varint {
    private static final int MAX_BYTES = 10;

    private Varint() {}

    /** Writes a number as unsigned: 1 byte below 128, 10 bytes for negative ones. */
    static void put(BsatnWriter out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.putByte((int) rest | 0x80);
            rest >>>= 7;
        }
        out.putByte((int) rest);
    }

    /** Writes a number so that small ones of either sign are short. */
    static void putSigned(BsatnWriter out, long value) {
        put(out, (value << 1) ^ (value >> 63));
    }

    static long get(BsatnReader in) {
        long value = 0;
        for (int i = 0; i < MAX_BYTES; i++) {
            byte next = in.getByte();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("number is longer than ten bytes", MAX_BYTES);
    }

    static long getSigned(BsatnReader in) {
        long value = get(in);
        return (value >>> 1) ^ -(value & 1);
    }

    /** A count of things that take at least {@code minimumBytes} each; checked before anybody allocates. */
    static int getCount(BsatnReader in, int minimumBytes) {
        long count = get(in);
        if (count < 0 || count > in.remaining() / minimumBytes) {
            throw malformed("count exceeds what is left", count);
        }
        return (int) count;
    }

    static int getInt(BsatnReader in) {
        long value = get(in);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw malformed("number exceeds 31 bits", value);
        }
        return (int) value;
    }

    static void putBytes(BsatnWriter out, byte[] bytes) {
        put(out, bytes.length);
        out.putRaw(bytes);
    }

    static byte[] getBytes(BsatnReader in) {
        return in.getRaw(getCount(in, 1));
    }

    /**
     * Text that nobody has checked: what UTF-8 cannot express becomes a question mark, because a commit that has
     * happened cannot be refused any more.
     */
    static void putText(BsatnWriter out, String text) {
        putBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String getText(BsatnReader in) {
        return new String(getBytes(in), StandardCharsets.UTF_8);
    }

    static CodedException malformed(String text, long value) {
        return new CodedException(ErrorCode.MALFORMED_BSATN, text).with("value", value);
    }
}
