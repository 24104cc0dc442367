package dev.merapi.query.sql;

import dev.merapi.api.schema.ColumnType;
import java.util.List;

/**
 * A statement with every name resolved and every expression typed, against one version of the catalog. Immutable; valid
 * as long as {@code Catalog.version()} stays what it was.
 */
public sealed interface BoundStatement
        permits BoundQuery, BoundWrite, BoundMerge, BoundDdl, BoundExplain, BoundSession {
    /** The types of {@code $1 …}, as inferred; a parameter whose use says nothing about its type is text. */
    default List<ColumnType> parameterTypes() {
        return List.of();
    }
}
