package dev.merapi.query.sql;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.TableSchema;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * A DELETE.
 *
 * @param source the row id; with RETURNING or checks also the row (one column per table column, in table order) and
 *     what RETURNING needs of the tables in USING. A row id may come up more than once; only its first row counts.
 * @param checks what policies demand of the rows of {@code source}
 * @param returning its working table has the columns of {@code source} without the row id
 */
public record BoundDelete(
        List<WithWrite> with,
        TableSchema table,
        RelNode source,
        List<PolicyChecks> checks,
        @Nullable Returning returning,
        List<ColumnType> parameterTypes)
        implements BoundWrite {}
