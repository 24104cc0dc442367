package dev.merapi.query.sql.bind;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.ast.Expr;
import org.apache.calcite.rex.RexNode;

/** Gives meaning to the expressions a table keeps as text; what is wrong with one is said when it is declared. */
interface StoredExpressions {
    /**
     * Checks the condition of a CHECK: boolean, over the columns of the table, without subqueries,
     * aggregates, parameters.
     *
     * @throws dev.merapi.api.error.CodedException with a position
     */
    void requireCheck(TableSchema table, Expr condition);

    /**
     * Binds a DEFAULT: an expression without columns that can be assigned to the type.
     *
     * @throws dev.merapi.api.error.CodedException with a position
     */
    RexNode bindDefault(ColumnType type, Expr value);

    /**
     * Binds the new value of a column that gets another type: an expression over a row of the table that can be
     * assigned to the type.
     *
     * @throws dev.merapi.api.error.CodedException with a position
     */
    RexNode bindChange(TableSchema table, ColumnType type, Expr value, String column);
}
