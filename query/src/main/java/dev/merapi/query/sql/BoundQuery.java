package dev.merapi.query.sql;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/**
 * A SELECT, VALUES or TABLE.
 *
 * @param with writing common table expressions, to be executed first and in order
 * @param rel as bound, not yet normalised; its field types are those of {@code rowType}
 * @param rowType columns as the client sees them; names may repeat, as they may in PostgreSQL
 */
public record BoundQuery(List<WithWrite> with, RelNode rel, RowType rowType, List<ColumnType> parameterTypes)
        implements BoundStatement {}
