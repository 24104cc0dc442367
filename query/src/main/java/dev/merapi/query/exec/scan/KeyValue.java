package dev.merapi.query.exec.scan;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.Row;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A value to look for in a column.
 *
 * @param evaluator sees no row of the table; of the column's type, or of a wider integer type
 * @param column the type of the column
 */
public record KeyValue(Evaluator evaluator, ColumnType column, ColumnType type) {
    /** The value as the Java class of the column's type; null if no value of the column can equal it. */
    public @Nullable Object value(Row row, EvalContext eval) {
        return narrowed(evaluator.eval(row, eval), column, type);
    }

    /** A value as the Java class of a column's type; null if no value of the column can equal it. */
    public static @Nullable Object narrowed(@Nullable Object value, ColumnType column, ColumnType type) {
        if (value == null || column.equals(type) || !(column instanceof ScalarType narrow) || !narrow.isInteger()) {
            return value;
        }
        try {
            return Constants.integer(narrow, new BigInteger(value.toString()));
        } catch (ArithmeticException e) {
            return null; // too large for the column
        }
    }
}
