package dev.merapi.query.sql.select;

import dev.merapi.query.sql.ast.Query;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;

/** Binds the common table expressions that write; only the outermost WITH of a statement may have some. */
@FunctionalInterface
public interface WithWrites {
    /** What RETURNING yields: the working table with its rows, and their columns. */
    record Written(int workingTable, RelDataType rowType, List<String> names) {}

    /** Binds one; {@code around} puts around a tree what it reads from the WITH clause. */
    Written bind(Query.CommonTable table, QueryBinder queries, UnaryOperator<RelNode> around);
}
