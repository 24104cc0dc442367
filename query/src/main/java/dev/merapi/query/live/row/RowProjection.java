package dev.merapi.query.live.row;

import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.row.TableRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a row of the result out of a stored row. Immutable. */
@SuppressWarnings("exports") // Used in this module alone.
public sealed interface RowProjection {
    byte[] project(byte[] row, EvalContext context);

    /** Whether the outcome depends on the parameters; if not, all results of a template share it. */
    boolean usesParameters();

    /** Every column in its place: the stored bytes are the result. */
    record Whole() implements RowProjection {
        @Override
        public byte[] project(byte[] row, EvalContext context) {
            return row;
        }

        @Override
        public boolean usesParameters() {
            return false;
        }
    }

    /** Some columns as they are: their bytes are copied without being read. */
    record Columns(RowLayout layout, int[] columns) implements RowProjection {
        @Override
        public byte[] project(byte[] row, EvalContext context) {
            BsatnWriter out = new BsatnWriter(row.length);
            for (int column : columns) {
                int start = layout.start(row, column);
                out.putRaw(row, start, layout.end(row, column) - start);
            }
            return out.toByteArray();
        }

        @Override
        public boolean usesParameters() {
            return false;
        }
    }

    /** Expressions over the row. */
    record Computed(RowLayout layout, List<Evaluator> expressions, RowLayout result, boolean usesParameters)
            implements RowProjection {
        @Override
        public byte[] project(byte[] row, EvalContext context) {
            Row stored = new TableRow(layout, row);
            @Nullable Object[] projected = new @Nullable Object[expressions.size()];
            for (int i = 0; i < projected.length; i++) {
                projected[i] = expressions.get(i).eval(stored, context);
            }
            return result.encode(projected);
        }
    }
}
