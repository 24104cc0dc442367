package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.text.BytesText;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which connection somebody uses: a number of 128 bits, drawn by chance. One {@link Identity} may have many. Older
 * clients of SpacetimeDB call it an address.
 *
 * <p>Its text is 32 lower-case hexadecimal digits, the most significant first; its bytes, as everywhere in BSATN, are
 * the same turned round. Ordered as numbers are. Immutable.
 */
public final class ConnectionId implements Comparable<ConnectionId> {
    /** Bytes of a connection's id. */
    public static final int SIZE = 16;

    /** Stands for no connection where a place cannot be empty; no connection has it. */
    public static final ConnectionId ZERO = new ConnectionId(0, 0);

    private static final HexFormat HEX = HexFormat.of();

    private final long high;
    private final long low;

    private ConnectionId(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /**
     * Draws an id that no other connection has, as far as chance goes; never {@link #ZERO}. Give a generator nobody can
     * predict where the id is to be secret.
     */
    public static ConnectionId random(RandomGenerator random) {
        ConnectionId id;
        do {
            id = new ConnectionId(random.nextLong(), random.nextLong());
        } while (id.isZero());
        return id;
    }

    /**
     * Returns the id with this text: 32 hexadecimal digits of either case, {@code 0x} in front or not.
     *
     * @throws CodedException INVALID_VALUE for anything else
     */
    public static ConnectionId fromHex(String hex) {
        String digits = BytesText.digits("connection_id", hex, 2 * SIZE);
        return new ConnectionId(
                HexFormat.fromHexDigitsToLong(digits, 0, 16), HexFormat.fromHexDigitsToLong(digits, 16, 32));
    }

    /**
     * Returns the id with these 16 bytes, the least significant first.
     *
     * @throws CodedException MALFORMED_BSATN for another number of bytes
     */
    public static ConnectionId fromBytes(byte[] bytes) {
        BsatnReader in = new BsatnReader(bytes);
        ConnectionId id = in.getConnectionId();
        in.expectEnd();
        return id;
    }

    static ConnectionId read(byte[] bytes, int at) {
        return new ConnectionId((long) BsatnWriter.LONG.get(bytes, at + 8), (long) BsatnWriter.LONG.get(bytes, at));
    }

    void write(BsatnWriter out) {
        out.putLong(low).putLong(high);
    }

    /** Whether it stands for no connection. */
    public boolean isZero() {
        return (high | low) == 0;
    }

    /** The 16 bytes, the least significant first; the caller's own. */
    public byte[] toBytes() {
        return new BsatnWriter(SIZE).putConnectionId(this).toByteArray();
    }

    /** The 32 lower-case hexadecimal digits. */
    public String toHex() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }

    @Override
    public int compareTo(ConnectionId other) {
        int result = Long.compareUnsigned(high, other.high);
        return result != 0 ? result : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionId id && low == id.low && high == id.high;
    }

    @Override
    public int hashCode() {
        return RowKey.mix(high * 31 + low);
    }

    /** The same as {@link #toHex}. */
    @Override
    public String toString() {
        return toHex();
    }
}
