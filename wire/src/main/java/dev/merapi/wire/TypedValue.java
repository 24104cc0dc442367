package dev.merapi.wire;

import dev.merapi.api.schema.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * A parameter: a value that says of what type it is, because the sender may not know what type the statement wants. The
 * receiver converts it to the wanted type where PostgreSQL would accept the value in an assignment.
 *
 * @param type null only for the untyped NULL
 * @param value the Java value that belongs to the type (see the package {@code dev.merapi.api.value}), or null
 */
public record TypedValue(
        @Nullable ColumnType type, @Nullable Object value) {
    /** A NULL that does not say of what type it is. */
    public static final TypedValue NULL = new TypedValue(null, null);

    public TypedValue {
        if (type == null && value != null) {
            throw new IllegalArgumentException("a value other than NULL needs a type");
        }
    }
}
