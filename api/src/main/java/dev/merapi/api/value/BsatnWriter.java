package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing little-endian buffer that writes BSATN, the binary layout of rows and protocol messages.
 *
 * <p>Not thread-safe. Reusable: {@link #reset()} forgets the content and keeps the buffer.
 */
public final class BsatnWriter {
    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MAX_SIZE = Integer.MAX_VALUE - 16;

    private byte[] buffer;
    private int size;

    public BsatnWriter() {
        this(64);
    }

    public BsatnWriter(int initialCapacity) {
        buffer = new byte[Math.max(8, initialCapacity)];
    }

    public int size() {
        return size;
    }

    /** Forgets the content; the buffer stays allocated. */
    public void reset() {
        size = 0;
    }

    /** Cuts the content back to an earlier {@link #size()}. */
    public void truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IllegalArgumentException("cannot cut " + size + " bytes to " + newSize);
        }
        size = newSize;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** The live buffer, of which the first {@link #size()} bytes are content; valid until the next write. */
    public byte[] array() {
        return buffer;
    }

    public BsatnWriter putByte(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
        return this;
    }

    public BsatnWriter putBoolean(boolean value) {
        return putByte(value ? 1 : 0);
    }

    public BsatnWriter putShort(int value) {
        ensure(2);
        SHORT.set(buffer, size, (short) value);
        size += 2;
        return this;
    }

    public BsatnWriter putInt(int value) {
        ensure(4);
        INT.set(buffer, size, value);
        size += 4;
        return this;
    }

    public BsatnWriter putLong(long value) {
        ensure(8);
        LONG.set(buffer, size, value);
        size += 8;
        return this;
    }

    public BsatnWriter putFloat(float value) {
        return putInt(Float.floatToRawIntBits(value));
    }

    public BsatnWriter putDouble(double value) {
        return putLong(Double.doubleToRawLongBits(value));
    }

    /** Two's complement in {@code width} bytes; the caller has checked the range. */
    public BsatnWriter putBigInteger(BigInteger value, int width) {
        ensure(width);
        byte[] bigEndian = value.toByteArray();
        byte fill = (byte) (value.signum() < 0 ? -1 : 0);
        for (int i = 0; i < width; i++) {
            int source = bigEndian.length - 1 - i;
            buffer[size + i] = source >= 0 ? bigEndian[source] : fill;
        }
        size += width;
        return this;
    }

    /** The 32 bytes of an identity, the least significant first. */
    public BsatnWriter putIdentity(Identity value) {
        value.write(this);
        return this;
    }

    /** The 16 bytes of a connection's id, the least significant first. */
    public BsatnWriter putConnectionId(ConnectionId value) {
        value.write(this);
        return this;
    }

    /** Raw bytes without a length. */
    public BsatnWriter putRaw(byte[] bytes) {
        return putRaw(bytes, 0, bytes.length);
    }

    public BsatnWriter putRaw(byte[] bytes, int offset, int length) {
        ensure(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
        return this;
    }

    /** A byte array with its {@code u32} length in front. */
    public BsatnWriter putBytes(byte[] bytes) {
        return putInt(bytes.length).putRaw(bytes);
    }

    /**
     * A string as {@code u32} byte length and UTF-8.
     *
     * @throws CodedException INVALID_VALUE for an unpaired surrogate, which UTF-8 cannot express
     */
    public BsatnWriter putString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        // The JDK replaces what it cannot encode by '?', so only texts with one of those can be wrong.
        for (byte b : utf8) {
            if (b == '?') {
                requirePairedSurrogates(text);
                break;
            }
        }
        return putBytes(utf8);
    }

    /** Overwrites an int written earlier, for lengths known only afterwards. */
    public void setInt(int position, int value) {
        if (position < 0 || position + 4 > size) {
            throw new IllegalArgumentException("no int at " + position);
        }
        INT.set(buffer, position, value);
    }

    private static void requirePairedSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    throw new CodedException(ErrorCode.INVALID_VALUE, "text holds an unpaired surrogate")
                            .with("index", i)
                            .hint("text must be valid Unicode");
                }
                i++;
            }
        }
    }

    private void ensure(int extra) {
        int needed = size + extra;
        if (needed > buffer.length || needed < 0) {
            if (needed < 0 || needed > MAX_SIZE) {
                throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "encoded value exceeds 2 GiB")
                        .hint("split the value");
            }
            buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_SIZE, Math.max(needed, buffer.length * 2L)));
        }
    }
}
