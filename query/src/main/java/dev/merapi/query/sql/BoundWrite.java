package dev.merapi.query.sql;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.TableSchema;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * A statement that writes rows of one table. All of {@code source} is to be read before the first row is written, so
 * that a statement never sees its own work.
 */
public sealed interface BoundWrite extends BoundStatement permits BoundInsert, BoundUpdate, BoundDelete {
    /** Writing common table expressions, to be executed first and in order. */
    List<WithWrite> with();

    TableSchema table();

    /** The rows to write; what its columns are is said at each statement. */
    RelNode source();

    @Nullable
    Returning returning();

    @Override
    List<ColumnType> parameterTypes();
}
