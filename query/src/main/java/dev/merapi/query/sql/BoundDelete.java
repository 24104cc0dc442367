package dev.merapi.query.sql;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.TableSchema;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * A DELETE.
 *
 * @param source the row id; with RETURNING also the row (one column per table column, in table order) and what
 *     RETURNING needs of the tables in USING. A row id may come up more than once; only its first row counts.
 * @param returning its working table has the columns of {@code source} without the row id
 */
public record BoundDelete(
        List<WithWrite> with,
        TableSchema table,
        RelNode source,
        @Nullable Returning returning,
        List<ColumnType> parameterTypes)
        implements BoundWrite {}
