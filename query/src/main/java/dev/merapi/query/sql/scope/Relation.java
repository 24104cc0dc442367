package dev.merapi.query.sql.scope;

import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * An element of FROM as names see it.
 *
 * @param alias the name that qualifies its columns
 * @param name the full name of the table when no alias hides it, for {@code schema.table.column}
 * @param table the stored table, if it is one
 * @param columns expressions over the row of the scope the relation is in
 * @param scalar whether it is a function whose rows are single values, so that the alias alone stands for the value
 */
public record Relation(
        String alias,
        @Nullable TableName name,
        @Nullable TableSchema table,
        List<ScopeColumn> columns,
        boolean scalar) {

    /** A column by its name in a scope. */
    public record ScopeColumn(String name, RexNode node) {
        ScopeColumn map(UnaryOperator<RexNode> change) {
            return new ScopeColumn(name, change.apply(node));
        }
    }

    public Relation {
        columns = List.copyOf(columns);
    }

    /** This relation after the row it is part of has changed. */
    public Relation map(UnaryOperator<RexNode> change) {
        return new Relation(
                alias, name, table, columns.stream().map(c -> c.map(change)).toList(), scalar);
    }

    /** A list of columns after the row they are part of has changed. */
    public static List<ScopeColumn> map(List<ScopeColumn> columns, UnaryOperator<RexNode> change) {
        return columns.stream().map(column -> column.map(change)).toList();
    }
}
