package dev.merapi.query.sql;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.TableSchema;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * An INSERT.
 *
 * @param source one column per table column, in table order, of its type: defaults and casts are part of the tree; an
 *     auto-increment column that is not given is a call of {@code next_sequence}
 * @param explicitSequences positions of auto-increment columns for which the statement gives values
 * @param onConflict what happens to a row whose key exists; null: an error
 * @param checks what policies demand of the rows of {@code source}, those for which a key exists included
 * @param returning its working table has the columns of the table: rows as inserted, or as updated on conflict
 */
public record BoundInsert(
        List<WithWrite> with,
        TableSchema table,
        RelNode source,
        List<Integer> explicitSequences,
        @Nullable OnConflict onConflict,
        List<PolicyChecks> checks,
        @Nullable Returning returning,
        List<ColumnType> parameterTypes)
        implements BoundWrite {}
