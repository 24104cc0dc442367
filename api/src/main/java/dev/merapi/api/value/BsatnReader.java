package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads BSATN from bytes that may come from anywhere: every length is checked against what is left before anything is
 * allocated, and all that is malformed ends in {@link ErrorCode#MALFORMED_BSATN}.
 *
 * <p>Not thread-safe.
 */
public final class BsatnReader {
    /** The highest bit of each of eight bytes. */
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private final byte[] bytes;
    private final int limit;
    private int position;

    public BsatnReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public BsatnReader(byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || offset > bytes.length - length) {
            throw new IndexOutOfBoundsException("offset " + offset + ", length " + length);
        }
        this.bytes = bytes;
        this.position = offset;
        this.limit = offset + length;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return limit - position;
    }

    public boolean hasRemaining() {
        return position < limit;
    }

    /** The array read from, for copying ranges. */
    public byte[] array() {
        return bytes;
    }

    public byte getByte() {
        return bytes[take(1)];
    }

    public int getUnsignedByte() {
        return getByte() & 0xff;
    }

    public boolean getBoolean() {
        int value = getUnsignedByte();
        if (value > 1) {
            throw malformed("boolean is neither 0 nor 1").with("value", value);
        }
        return value == 1;
    }

    public short getShort() {
        return (short) BsatnWriter.SHORT.get(bytes, take(2));
    }

    public int getInt() {
        return (int) BsatnWriter.INT.get(bytes, take(4));
    }

    public long getLong() {
        return (long) BsatnWriter.LONG.get(bytes, take(8));
    }

    public float getFloat() {
        return Float.intBitsToFloat(getInt());
    }

    public double getDouble() {
        return Double.longBitsToDouble(getLong());
    }

    public BigInteger getBigInteger(int width, boolean signed) {
        int start = take(width);
        byte[] bigEndian = new byte[width];
        for (int i = 0; i < width; i++) {
            bigEndian[width - 1 - i] = bytes[start + i];
        }
        return signed ? new BigInteger(bigEndian) : new BigInteger(1, bigEndian);
    }

    public Identity getIdentity() {
        return Identity.read(bytes, take(Identity.SIZE));
    }

    public ConnectionId getConnectionId() {
        return ConnectionId.read(bytes, take(ConnectionId.SIZE));
    }

    public byte[] getRaw(int length) {
        int start = take(length);
        byte[] copy = new byte[length];
        System.arraycopy(bytes, start, copy, 0, length);
        return copy;
    }

    /** A {@code u32} length followed by that many bytes. */
    public byte[] getBytes() {
        return getRaw(getLength());
    }

    /** A {@code u32} count of bytes that must still be there. */
    public int getLength() {
        return getCount(1);
    }

    /**
     * A {@code u32} count of elements that take at least {@code minimumBytes} each; checked before anybody allocates.
     */
    public int getCount(int minimumBytes) {
        int count = getInt();
        if (count < 0 || (long) count * minimumBytes > remaining()) {
            throw malformed("length exceeds what is left")
                    .with("length", Integer.toUnsignedString(count))
                    .with("left", remaining());
        }
        return count;
    }

    public String getString() {
        int length = getLength();
        int start = take(length);
        if (isAscii(start, length)) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("text is not valid UTF-8").causedBy(e);
        }
    }

    public void skip(int length) {
        take(length);
    }

    /**
     * Steps over a text of ASCII characters, which is valid UTF-8 of as many characters as bytes; stays in front of any
     * other text.
     *
     * @return whether it was stepped over
     */
    boolean skipAscii(int maxLength) {
        int before = position;
        int length = getLength();
        int start = take(length);
        boolean skipped = length <= maxLength && isAscii(start, length);
        if (!skipped) {
            position = before;
        }
        return skipped;
    }

    private boolean isAscii(int start, int length) {
        int end = start + length;
        int at = start;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if (((long) BsatnWriter.LONG.get(bytes, at) & NOT_ASCII) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Fails unless everything was read. */
    public void expectEnd() {
        if (hasRemaining()) {
            throw malformed("bytes are left over").with("left", remaining());
        }
    }

    private int take(int length) {
        if (length < 0 || length > limit - position) {
            throw malformed("bytes end too early").with("needed", length).with("left", remaining());
        }
        int start = position;
        position += length;
        return start;
    }

    private CodedException malformed(String text) {
        return new CodedException(ErrorCode.MALFORMED_BSATN, text).with("position", position);
    }
}
