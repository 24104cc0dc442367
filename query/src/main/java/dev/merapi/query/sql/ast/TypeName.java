package dev.merapi.query.sql.ast;

import java.util.List;

/**
 * A type as written. Names of several words have become PostgreSQL's one-word names ({@code timestamptz}, {@code
 * float8}, {@code varchar}).
 *
 * @param modifiers the numbers in parentheses
 * @param arrayDimensions how many pairs of brackets follow; a declared size means nothing, as in PostgreSQL
 * @param fields the field part of an interval type ({@code day to second}), in lower case, or empty
 */
public record TypeName(Name name, List<Integer> modifiers, int arrayDimensions, String fields) {
    public TypeName {
        modifiers = List.copyOf(modifiers);
    }

    public int position() {
        return name.position();
    }
}
