package dev.merapi.query.exec.join;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The key of one side of a join, as an object that is equal for keys that are equal in SQL's sense. Immutable.
 */
public final class KeyExpressions {
    private static final Object NULL = new Object();

    private final Evaluator[] parts;
    private final @Nullable UnaryOperator<Object>[] keyFunctions;
    private final boolean nullsMatch;

    /**
     * Makes a key.
     *
     * @param types of the parts; both sides of a join have the same
     * @param nullsMatch whether NULL equals NULL; otherwise a row with a NULL in its key has none
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of functions cannot be made otherwise
    public KeyExpressions(List<Evaluator> parts, List<ColumnType> types, boolean nullsMatch) {
        this.parts = parts.toArray(Evaluator[]::new);
        this.nullsMatch = nullsMatch;
        this.keyFunctions = new UnaryOperator[this.parts.length];
        for (int i = 0; i < this.parts.length; i++) {
            keyFunctions[i] = ValueOrder.keyFunction(types.get(i));
        }
    }

    /** The key of a row, or null if the row can have no partner. */
    @Nullable
    Object key(Row row, EvalContext eval) {
        if (parts.length == 1) {
            return part(0, row, eval);
        }
        Object[] key = new Object[parts.length];
        for (int i = 0; i < key.length; i++) {
            Object value = part(i, row, eval);
            if (value == null) {
                return null;
            }
            key[i] = value;
        }
        return List.of(key);
    }

    private @Nullable Object part(int index, Row row, EvalContext eval) {
        Object value = parts[index].eval(row, eval);
        if (value == null) {
            return nullsMatch ? NULL : null;
        }
        UnaryOperator<Object> function = keyFunctions[index];
        return function == null ? value : function.apply(value);
    }
}
