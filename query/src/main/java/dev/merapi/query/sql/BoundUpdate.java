package dev.merapi.query.sql;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.TableSchema;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * An UPDATE.
 *
 * @param source the row id, then the new row (one column per table column, in table order), then what RETURNING needs
 *     of the tables in FROM, then the old row if the checks need it. A row id may come up more than once when FROM
 *     joins; only its first row counts.
 * @param columns positions of the columns that are assigned, ascending
 * @param checks what policies demand of the rows of {@code source}
 * @param returning its working table has the columns of {@code source} without the row id
 */
public record BoundUpdate(
        List<WithWrite> with,
        TableSchema table,
        RelNode source,
        List<Integer> columns,
        List<PolicyChecks> checks,
        @Nullable Returning returning,
        List<ColumnType> parameterTypes)
        implements BoundWrite {}
