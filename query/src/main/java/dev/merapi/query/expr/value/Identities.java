package dev.merapi.query.expr.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;

/** Identities and ids of connections as what they are made of: a number, or its bytes, the most significant first. */
public final class Identities {
    private static final HexFormat HEX = HexFormat.of();

    private Identities() {}

    /**
     * The identity or id with these bytes, in the order in which it prints.
     *
     * @throws CodedException INVALID_VALUE for another number of bytes
     */
    public static Object of(ScalarType type, byte[] bytes) {
        if (bytes.length != type.fixedWidth()) {
            throw new CodedException(ErrorCode.INVALID_VALUE, "wrong number of bytes")
                    .with("type", type.sqlName())
                    .with("bytes", bytes.length)
                    .hint("it has " + type.fixedWidth());
        }
        return fromHex(type, HEX.formatHex(bytes));
    }

    /**
     * The identity or id with this number.
     *
     * @throws CodedException VALUE_OUT_OF_RANGE for a fraction, a negative number and one that is too large
     */
    public static Object of(ScalarType type, BigDecimal number) {
        BigDecimal whole = number.stripTrailingZeros();
        BigInteger value = whole.toBigInteger();
        if (whole.scale() > 0 || value.signum() < 0 || value.bitLength() > type.fixedWidth() * Byte.SIZE) {
            throw new CodedException(ErrorCode.VALUE_OUT_OF_RANGE, "value out of range")
                    .with("type", type.sqlName())
                    .hint("it is a whole number of at most " + type.fixedWidth() * Byte.SIZE + " bits");
        }
        String digits = value.toString(16);
        return fromHex(type, "0".repeat(2 * type.fixedWidth() - digits.length()) + digits);
    }

    private static Object fromHex(ScalarType type, String hex) {
        return type == ScalarType.IDENTITY ? Identity.fromHex(hex) : ConnectionId.fromHex(hex);
    }

    /** Its bytes in the order in which it prints. */
    public static byte[] bytes(Object value) {
        return HEX.parseHex(value.toString());
    }

    public static BigInteger number(Object value) {
        return new BigInteger(value.toString(), 16);
    }
}
