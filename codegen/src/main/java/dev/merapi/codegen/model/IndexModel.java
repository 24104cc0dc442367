package dev.merapi.codegen.model;

import dev.merapi.api.schema.IndexDefinition;
import java.util.List;

/**
 * A key or index of a table.
 *
 * @param role what it is for
 * @param sqlName its name in the database
 * @param name what its accessor is called after, in SQL style
 * @param columns positions of its columns
 */
public record IndexModel(Role role, IndexDefinition.Kind kind, String sqlName, String name, List<Integer> columns) {
    /** What an index is for. */
    public enum Role {
        PRIMARY_KEY,
        UNIQUE,
        PLAIN
    }

    public IndexModel {
        columns = List.copyOf(columns);
    }

    public boolean isUnique() {
        return role != Role.PLAIN;
    }

    public boolean isOrdered() {
        return kind == IndexDefinition.Kind.ORDERED;
    }

    /** The method of the handle that leads to it. */
    public String accessor() {
        return Names.toMethod(name);
    }

    /** The nested class of the handle. */
    public String className() {
        return Names.toClass(name) + (isUnique() ? "Key" : "Index");
    }
}
