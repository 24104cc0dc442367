package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.hash.Blake3;
import dev.merapi.api.text.BytesText;
import dev.merapi.api.text.InvalidText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is, on every server alike: a number of 256 bits that follows from the issuer and the subject of their
 * token.
 *
 * <p>Its text is 64 lower-case hexadecimal digits, the most significant first; its bytes, as everywhere in BSATN, are
 * the same turned round. Ordered as numbers are. Immutable.
 */
public final class Identity implements Comparable<Identity> {
    /** Bytes of an identity. */
    public static final int SIZE = 32;

    /** Bytes an issuer and a subject may have together, so that hashing them stays cheap. */
    public static final int MAX_CLAIM_BYTES = Blake3.MAX_INPUT - 1;

    /** The identity of nobody: no token leads to it. */
    public static final Identity ZERO = new Identity(0, 0, 0, 0);

    private static final HexFormat HEX = HexFormat.of();

    /** What every derived identity begins with. */
    private static final byte[] MARK = {(byte) 0xc2, 0x00};

    private static final int HASH_BYTES = 26;
    private static final int CHECK_BYTES = 4;

    private final long first;
    private final long second;
    private final long third;
    private final long last;

    /** From the most significant word to the least. */
    private Identity(long first, long second, long third, long last) {
        this.first = first;
        this.second = second;
        this.third = third;
        this.last = last;
    }

    /**
     * Returns the identity of a token's holder, as SpacetimeDB derives it: the mark {@code c200}, four bytes that check
     * the rest, and 26 bytes of the BLAKE3 hash of issuer and subject.
     *
     * @throws CodedException INVALID_VALUE if one is empty or both are longer than {@link #MAX_CLAIM_BYTES} in UTF-8
     */
    public static Identity of(String issuer, String subject) {
        byte[] claims = (issuer + "|" + subject).getBytes(StandardCharsets.UTF_8);
        if (issuer.isEmpty() || subject.isEmpty() || claims.length - 1 > MAX_CLAIM_BYTES) {
            throw new CodedException(ErrorCode.INVALID_VALUE, "issuer and subject make no identity")
                    .with("issuer", '"' + InvalidText.abridged(issuer) + '"')
                    .with("subject", '"' + InvalidText.abridged(subject) + '"')
                    .with("bytes", claims.length - 1)
                    .with("limit", MAX_CLAIM_BYTES)
                    .hint("neither may be empty; both together keep to the limit");
        }
        byte[] hash = Blake3.hash(claims, HASH_BYTES);
        byte[] checked = Arrays.copyOf(MARK, MARK.length + HASH_BYTES);
        System.arraycopy(hash, 0, checked, MARK.length, HASH_BYTES);
        byte[] check = Blake3.hash(checked, CHECK_BYTES);
        byte[] whole = Arrays.copyOf(MARK, SIZE);
        System.arraycopy(check, 0, whole, MARK.length, CHECK_BYTES);
        System.arraycopy(hash, 0, whole, MARK.length + CHECK_BYTES, HASH_BYTES);
        return fromHex(HEX.formatHex(whole));
    }

    /**
     * Returns the identity with this text: 64 hexadecimal digits of either case, {@code 0x} in front or not.
     *
     * @throws CodedException INVALID_VALUE for anything else
     */
    public static Identity fromHex(String hex) {
        String digits = BytesText.digits("identity", hex, 2 * SIZE);
        return new Identity(
                HexFormat.fromHexDigitsToLong(digits, 0, 16),
                HexFormat.fromHexDigitsToLong(digits, 16, 32),
                HexFormat.fromHexDigitsToLong(digits, 32, 48),
                HexFormat.fromHexDigitsToLong(digits, 48, 64));
    }

    /**
     * Returns the identity with these 32 bytes, the least significant first.
     *
     * @throws CodedException MALFORMED_BSATN for another number of bytes
     */
    public static Identity fromBytes(byte[] bytes) {
        BsatnReader in = new BsatnReader(bytes);
        Identity identity = in.getIdentity();
        in.expectEnd();
        return identity;
    }

    static Identity read(byte[] bytes, int at) {
        return new Identity(word(bytes, at + 24), word(bytes, at + 16), word(bytes, at + 8), word(bytes, at));
    }

    private static long word(byte[] bytes, int at) {
        return (long) BsatnWriter.LONG.get(bytes, at);
    }

    void write(BsatnWriter out) {
        out.putLong(last).putLong(third).putLong(second).putLong(first);
    }

    /** The 32 bytes, the least significant first; the caller's own. */
    public byte[] toBytes() {
        return new BsatnWriter(SIZE).putIdentity(this).toByteArray();
    }

    /** The 64 lower-case hexadecimal digits. */
    public String toHex() {
        return HEX.toHexDigits(first) + HEX.toHexDigits(second) + HEX.toHexDigits(third) + HEX.toHexDigits(last);
    }

    @Override
    public int compareTo(Identity other) {
        int result = Long.compareUnsigned(first, other.first);
        result = result != 0 ? result : Long.compareUnsigned(second, other.second);
        result = result != 0 ? result : Long.compareUnsigned(third, other.third);
        return result != 0 ? result : Long.compareUnsigned(last, other.last);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identity identity
                && last == identity.last
                && third == identity.third
                && second == identity.second
                && first == identity.first;
    }

    @Override
    public int hashCode() {
        return RowKey.mix(((first * 31 + second) * 31 + third) * 31 + last);
    }

    /** The same as {@link #toHex}. */
    @Override
    public String toString() {
        return toHex();
    }
}
