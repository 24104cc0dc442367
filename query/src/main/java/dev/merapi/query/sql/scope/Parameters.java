package dev.merapi.query.sql.scope;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The types of a statement's parameters, found while it is bound: the first use that says anything about a parameter
 * decides; from then on it is an expression of that type.
 */
public final class Parameters {
    private final SortedMap<Integer, ColumnType> types = new TreeMap<>();
    private final BitSet mentioned = new BitSet();
    private int highest;

    /** The type of {@code $number}, or null while nothing has said anything about it. */
    @Nullable
    public ColumnType find(int number) {
        highest = Math.max(highest, number);
        mentioned.set(number);
        return types.get(number);
    }

    /** Gives a parameter its type. */
    public void settle(int number, ColumnType type, int position) {
        ColumnType before = types.putIfAbsent(number, type);
        if (before != null && !before.equals(type)) {
            throw BindErrors.at(position, ErrorCode.TYPE_MISMATCH, "parameter is used with two types")
                    .with("parameter", "$" + number)
                    .with("first", before.sqlName())
                    .with("second", type.sqlName())
                    .hint("write a cast such as $" + number + "::" + type.sqlName());
        }
    }

    /**
     * The types of all parameters up to the highest number used; those that nothing said anything about are text.
     *
     * @throws CodedException INDETERMINATE_TYPE if a number is left out
     */
    public List<ColumnType> types() {
        List<ColumnType> result = new ArrayList<>();
        for (int number = 1; number <= highest; number++) {
            if (!mentioned.get(number)) {
                throw new CodedException(ErrorCode.INDETERMINATE_TYPE, "parameter is not used")
                        .with("parameter", "$" + number)
                        .with("highest", "$" + highest)
                        .hint("number the parameters without gaps");
            }
            result.add(types.getOrDefault(number, ScalarType.TEXT));
        }
        return List.copyOf(result);
    }

    /** Whether the statement has any. */
    public boolean isEmpty() {
        return highest == 0;
    }
}
