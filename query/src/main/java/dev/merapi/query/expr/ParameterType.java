package dev.merapi.query.expr;

import dev.merapi.api.schema.ColumnType;

/** What one parameter of a declared function accepts. */
public sealed interface ParameterType {
    /** One type, and whatever is implicitly cast to it. */
    record Exact(ColumnType type) implements ParameterType {}

    /** PostgreSQL's pseudo-types: a family of types, settled by the arguments of each call. */
    enum Polymorphic implements ParameterType {
        /** Any type, each parameter by itself; an unknown literal counts as text. */
        ANY,
        /** The same type wherever it appears, and the element type of {@link #ANY_ARRAY}. */
        ANY_ELEMENT,
        /** Like {@link #ANY_ELEMENT}, but no array. */
        ANY_NON_ARRAY,
        ANY_ARRAY,
        /** The common type of all arguments in such places. */
        ANY_COMPATIBLE,
        ANY_COMPATIBLE_ARRAY,
        /** The smallest integer type that holds all arguments in such places, each of them an integer. */
        ANY_INTEGER
    }

    /** A parameter of one type. */
    static ParameterType of(ColumnType type) {
        return new Exact(type);
    }
}
