package dev.merapi.codegen.model;

/**
 * Where a value stands: a column, a field, a parameter or a result.
 *
 * @param presence whether it may be absent, and how Java says so
 * @param boxed whether Java declares the class and not the primitive type
 */
public record Place(ValueType type, Presence presence, boolean boxed) {
    /** Whether a value may be absent. */
    public enum Presence {
        /** It is always there. */
        REQUIRED,
        /** It may be null. */
        NULLABLE,
        /** It is an {@code Optional}. */
        OPTIONAL
    }

    /** Whether its column is nullable. */
    public boolean isNullable() {
        return presence != Presence.REQUIRED;
    }
}
