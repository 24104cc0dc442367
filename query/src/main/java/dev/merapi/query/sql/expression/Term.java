package dev.merapi.query.sql.expression;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.RelTypes;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A bound expression. All but {@link Value} still wait for the place they stand in to give them a type, which is how
 * PostgreSQL treats a text in quotes, NULL and a parameter. Positions are offsets in the statement, counted from 0.
 */
public sealed interface Term {
    int position();

    /** The type, or null while it is unknown. */
    default @Nullable ColumnType type() {
        return null;
    }

    /** An expression with a type. */
    record Value(RexNode node, int position) implements Term {
        @Override
        public ColumnType type() {
            return RelTypes.columnType(node.getType());
        }
    }

    /** A text in quotes that has not become anything yet. */
    record UnknownText(String text, int position) implements Term {}

    record UnknownNull(int position) implements Term {}

    record UntypedParameter(int number, int position) implements Term {}

    /** Several values side by side; it can be compared and tested for NULL, but is no value itself. */
    record RowOf(List<Term> fields, int position) implements Term {}
}
