package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RecordType;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of a {@link RecordType}: its fields, as the bytes they are encoded in. Equal when type and bytes are; SQL
 * compares field by field. Immutable.
 */
public final class RecordValue implements NestedValue {
    private final RecordType type;
    private final byte[] bytes;

    private RecordValue(RecordType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /**
     * Makes a record of its fields, in the order of the type, null for NULL.
     *
     * @throws CodedException naming the field: NULL_NOT_ALLOWED, WRONG_VALUE_TYPE, VALUE_OUT_OF_RANGE, INVALID_VALUE
     */
    public static RecordValue of(RecordType type, @Nullable Object... fields) {
        if (fields.length != type.fields().size()) {
            throw new CodedException(ErrorCode.WRONG_VALUE_TYPE, "record has the wrong number of fields")
                    .with("type", type.sqlName())
                    .with("fields", type.fields().size())
                    .with("given", fields.length);
        }
        BsatnWriter out = new BsatnWriter(8 * fields.length);
        for (int i = 0; i < fields.length; i++) {
            Column field = type.fields().get(i);
            try {
                Bsatn.writePlace(out, field.type(), field.nullable(), fields[i]);
            } catch (CodedException e) {
                throw e.with("field", type.sqlName() + "." + field.name());
            }
        }
        return new RecordValue(type, out.toByteArray());
    }

    /**
     * Returns the record with these bytes, which the caller must not change any more.
     *
     * @throws CodedException if they are none: MALFORMED_BSATN, STRING_TOO_LONG, VALUE_OUT_OF_RANGE
     */
    public static RecordValue fromBytes(RecordType type, byte[] bytes) {
        BsatnReader in = new BsatnReader(bytes);
        BsatnCheck.step(in, type);
        in.expectEnd();
        return new RecordValue(type, bytes);
    }

    /** For bytes known to be a value of the type. */
    static RecordValue trusted(RecordType type, byte[] bytes) {
        return new RecordValue(type, bytes);
    }

    @Override
    public RecordType type() {
        return type;
    }

    /** The value of a field as the Java class of its type, null for NULL. */
    public @Nullable Object get(int field) {
        int at = 0;
        for (int i = 0; i < field; i++) {
            Column before = type.fields().get(i);
            at = RowLayout.skipPlace(bytes, at, before.type(), before.nullable());
        }
        Column found = type.fields().get(field);
        BsatnReader in = new BsatnReader(bytes, at, bytes.length - at);
        return found.nullable() ? Bsatn.readOption(in, found.type()) : Bsatn.read(in, found.type());
    }

    /**
     * The value of a field by its name.
     *
     * @throws CodedException UNKNOWN_COLUMN
     */
    public @Nullable Object get(String field) {
        int index = type.indexOf(field);
        if (index < 0) {
            throw new CodedException(ErrorCode.UNKNOWN_COLUMN, "record has no such field")
                    .with("type", type.sqlName())
                    .with("field", field)
                    .hint("it has " + type.fields().stream().map(Column::name).collect(Collectors.joining(", ")));
        }
        return get(index);
    }

    @Override
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The encoded fields, to be read only. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordValue value && Arrays.equals(bytes, value.bytes) && type.equals(value.type);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text SQL gives to it: {@code {"x": 1, "y": null}}. */
    @Override
    public String toString() {
        return NestedText.format(type, this);
    }
}
