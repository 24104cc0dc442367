package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.exec.operator.TotalOrder;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The best rows of each key with their places: the top three of each network, DISTINCT ON, FETCH FIRST … WITH TIES.
 * Shown are the rows whose {@code row_number()}, {@code rank()} or {@code dense_rank()} is not above a bound, each with
 * this number as a last column.
 *
 * <p>A change in front moves the numbers behind it, so it costs as many rows as are shown: that is why there has to be
 * a bound.
 */
public final class Ranked extends Ordered {
    /** What a number counts; peers are rows that the order asked for does not tell apart. */
    public enum Numbering {
        /** Rows: every copy of a row has a number of its own. */
        ROW_NUMBER,
        /** The rows in front of the first peer, and one. */
        RANK,
        /** Groups of peers. */
        DENSE_RANK
    }

    /**
     * Which rows are shown.
     *
     * @param peers the order asked for
     * @param most the greatest number shown, the same for all rows of a key; NULL shows nothing
     */
    public record Places(Numbering numbering, Comparator<Row> peers, Expression most) {}

    private final Places places;

    public Ranked(Delta input, Key key, TotalOrder order, Places places, EvalContext constants) {
        super(input, key, order, constants);
        this.places = places;
    }

    @Override
    Bounds bounds(Row row, EvalContext context) {
        Object most = places.most().eval(row, context);
        long bound = most == null ? 0 : ((Number) most).longValue();
        return rows -> part(rows, bound);
    }

    @Override
    boolean isBehind(Row row, Row end) {
        // A new peer of the last row has the same number, unless rows are counted one by one.
        return places.numbering() == Numbering.ROW_NUMBER
                ? super.isBehind(row, end)
                : places.peers().compare(row, end) > 0;
    }

    private Part part(SortedMap<Row, Integer> rows, long most) {
        Map<Row, Integer> shown = new LinkedHashMap<>();
        long inFront = 0;
        long number = 0;
        Row last = null;
        for (Map.Entry<Row, Integer> entry : rows.entrySet()) {
            Row row = entry.getKey();
            boolean peer = last != null && places.peers().compare(last, row) == 0;
            number = switch (places.numbering()) {
                case ROW_NUMBER -> inFront + 1;
                case RANK -> peer ? number : inFront + 1;
                case DENSE_RANK -> peer ? number : number + 1;
            };
            if (number > most) {
                return new Part(shown, last);
            }
            show(row, number, entry.getValue(), most, shown);
            inFront += entry.getValue();
            last = row;
        }
        return new Part(shown, null);
    }

    private void show(Row row, long number, int copies, long most, Map<Row, Integer> shown) {
        if (places.numbering() != Numbering.ROW_NUMBER) {
            shown.put(numbered(row, number), copies);
            return;
        }
        for (long each = number; each < number + copies && each <= most; each++) {
            shown.put(numbered(row, each), 1);
        }
    }

    private static Row numbered(Row row, long number) {
        @Nullable Object[] values = Arrays.copyOf(row.toArray(), row.size() + 1);
        values[row.size()] = number;
        return new ArrayRow(values);
    }
}
