package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.text.InvalidText;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of a {@link SumType}: one of its variants and the payload of that, as the bytes they are encoded in. Equal
 * when type and bytes are; SQL compares variants by their position and then payloads. Immutable.
 */
public final class SumValue implements NestedValue {
    private final SumType type;
    private final byte[] bytes;

    private SumValue(SumType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /**
     * Makes a value of a variant without a payload.
     *
     * @throws CodedException INVALID_VALUE if the type has no such variant, NULL_NOT_ALLOWED if it needs a payload
     */
    public static SumValue of(SumType type, String variant) {
        return of(type, variant, null);
    }

    /**
     * Makes a value of a variant.
     *
     * @param payload null for NULL, and for a variant without a payload
     * @throws CodedException INVALID_VALUE if the type has no such variant; naming the variant: NULL_NOT_ALLOWED,
     *     WRONG_VALUE_TYPE, VALUE_OUT_OF_RANGE
     */
    public static SumValue of(SumType type, String variant, @Nullable Object payload) {
        int tag = type.indexOf(variant);
        if (tag < 0) {
            throw unknown(type, variant);
        }
        ColumnType payloadType = type.variants().get(tag).payload();
        BsatnWriter out = new BsatnWriter(16).putByte(tag);
        try {
            if (payloadType != null) {
                Bsatn.writePlace(out, payloadType, type.variants().get(tag).nullable(), payload);
            } else if (payload != null) {
                throw new CodedException(ErrorCode.WRONG_VALUE_TYPE, "this variant has no payload")
                        .hint("leave the payload out");
            }
        } catch (CodedException e) {
            throw e.with("variant", type.sqlName() + "." + variant);
        }
        return new SumValue(type, out.toByteArray());
    }

    static CodedException unknown(SumType type, String variant) {
        String known = type.variants().stream().map(Variant::name).limit(20).collect(Collectors.joining(", "));
        return InvalidText.of(type, variant)
                .hint("the variants are " + known + (type.variants().size() > 20 ? ", …" : ""));
    }

    /**
     * Returns the value with these bytes, which the caller must not change any more.
     *
     * @throws CodedException if they are none: MALFORMED_BSATN, STRING_TOO_LONG, VALUE_OUT_OF_RANGE
     */
    public static SumValue fromBytes(SumType type, byte[] bytes) {
        BsatnReader in = new BsatnReader(bytes);
        BsatnCheck.step(in, type);
        in.expectEnd();
        return new SumValue(type, bytes);
    }

    /** For bytes known to be a value of the type. */
    static SumValue trusted(SumType type, byte[] bytes) {
        return new SumValue(type, bytes);
    }

    @Override
    public SumType type() {
        return type;
    }

    /** The position of the variant among those of the type. */
    public int tag() {
        return bytes[0] & 0xff;
    }

    /** The name of the variant. */
    public String variant() {
        return type.variants().get(tag()).name();
    }

    /** The payload as the Java class of its type; null if it is NULL, or the variant has none. */
    public @Nullable Object payload() {
        Variant variant = type.variants().get(tag());
        ColumnType payload = variant.payload();
        if (payload == null) {
            return null;
        }
        BsatnReader in = new BsatnReader(bytes, 1, bytes.length - 1);
        return variant.nullable() ? Bsatn.readOption(in, payload) : Bsatn.read(in, payload);
    }

    @Override
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The encoded tag and payload, to be read only. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SumValue value && Arrays.equals(bytes, value.bytes) && type.equals(value.type);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text SQL gives to it: {@code red}, {@code {"circle": 1.5}}. */
    @Override
    public String toString() {
        return NestedText.format(type, this);
    }
}
