package dev.merapi.query.sql.bind;

import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.Volatility;
import dev.merapi.query.sql.expression.Coercion;
import dev.merapi.query.sql.expression.Term;
import dev.merapi.query.sql.parse.ScriptParser;
import dev.merapi.query.sql.scope.BindContext;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** What a column holds when an INSERT says nothing about it. */
final class Defaults {
    /** Takes the next number of a column's sequence: {@code next_sequence(table id, column position)}. */
    private static final ScalarFunction NEXT_SEQUENCE = new ScalarFunction(
            "next_sequence",
            List.of(ScalarType.I32, ScalarType.I32),
            ScalarType.I64,
            ScalarFunction.Traits.STRICT.with(Volatility.VOLATILE),
            (context, arguments) -> context.sequences().next((Integer) arguments[0], (Integer) arguments[1]));

    private final BindContext context;
    private final TargetTable table;

    Defaults(BindContext context, TargetTable table) {
        this.context = context;
        this.table = table;
    }

    RexNode of(int index) {
        ColumnDefinition column = table.column(index);
        if (column.autoIncrement()) {
            return nextNumber(index, column.type());
        }
        String sql = column.defaultSql();
        return sql == null
                ? Constants.of(context.rex(), column.type(), null)
                : TableExpressions.bindDefault(context, column.type(), ScriptParser.expression(sql), column.name());
    }

    private RexNode nextNumber(int index, ColumnType type) {
        Coercion coercion = new Coercion(context);
        RexNode number = coercion.call(
                NEXT_SEQUENCE,
                Constants.of(context.rex(), ScalarType.I32, table.schema().tableId()),
                Constants.of(context.rex(), ScalarType.I32, index));
        assert RelTypes.isColumnType(number.getType());
        return coercion.assign(
                new Term.Value(number, table.position()),
                type,
                table.column(index).name());
    }
}
