package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.arrange.Arrangement;
import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.zset.Bag;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The left rows with ({@code wanted}) or without a partner on the right, where a partner has the same key and fulfils a
 * condition on both rows: A ⋉ B and A ▷ B.
 *
 * <p>Held is n(a), the number of partners of each left row, which is linear in B: dn(a) = Σ over dB's rows that match
 * a. A row's weight moves into or out of the output when n(a) becomes or ceases to be 0; new left rows come with their
 * n(a) counted over the right side after the commit.
 */
public final class MatchJoin extends Operator {
    /** About what an entry of the count map takes; the row itself is held by the arrangement, too. */
    private static final int BYTES_PER_COUNT = 64;

    /** One side of the join. */
    public record Side(Delta delta, Arrangement arrangement) {}

    /** What makes two rows of the same key partners; all conditions must be TRUE. */
    public record Condition(Join.Layout layout, java.util.List<Expression> terms) {}

    private final Side left;
    private final Side right;
    private final Condition condition;
    private final boolean wanted;
    private final EvalContext constants;
    private final CombinedRow pair;
    private final Map<Row, Long> partners = new HashMap<>();

    public MatchJoin(Side left, Side right, Condition condition, boolean wanted, EvalContext constants) {
        this.left = left;
        this.right = right;
        this.condition = condition;
        this.wanted = wanted;
        this.constants = constants;
        this.pair = condition.layout().newRow();
    }

    @Override
    public void step() {
        changeOfRight();
        changeOfLeft();
    }

    private void changeOfRight() {
        Map<Row, Long> changes = new HashMap<>();
        Map<Row, Integer> weights = new HashMap<>();
        for (int i = 0; i < right.delta().size(); i++) {
            Object key = right.arrangement().keyOf(right.delta().row(i));
            if (key == null) {
                continue;
            }
            for (Bag.Entry entry = left.arrangement().before(key); entry != null; entry = entry.next()) {
                if (match(entry.row(), right.delta().row(i))) {
                    changes.merge(entry.row(), (long) right.delta().weight(i), Long::sum);
                    weights.put(entry.row(), entry.weight());
                }
            }
        }
        for (Map.Entry<Row, Long> change : changes.entrySet()) {
            Row row = change.getKey();
            long before = partners.getOrDefault(row, 0L);
            long after = before + change.getValue();
            partners.put(row, after);
            if ((before > 0) != (after > 0)) {
                int weight = weights.getOrDefault(row, 0);
                emit(row, (after > 0) == wanted ? weight : -weight);
            }
        }
    }

    private void changeOfLeft() {
        Set<Row> touched = new HashSet<>();
        for (int i = 0; i < left.delta().size(); i++) {
            Row row = left.delta().row(i);
            Long known = partners.get(row);
            long count = known == null ? count(row) : known;
            if (known == null) {
                partners.put(row, count);
            }
            if ((count > 0) == wanted) {
                emit(row, left.delta().weight(i));
            }
            touched.add(row);
        }
        for (Row row : touched) {
            if (isGone(row)) {
                partners.remove(row);
            }
        }
    }

    private boolean isGone(Row row) {
        Object key = left.arrangement().keyOf(row);
        return key == null || left.arrangement().weightAfter(key, row) == 0;
    }

    private long count(Row row) {
        Object key = left.arrangement().keyOf(row);
        return key == null
                ? 0
                : count(row, right.arrangement().before(key))
                        + count(row, right.arrangement().change(key));
    }

    private long count(Row row, Bag.@Nullable Entry first) {
        long count = 0;
        for (Bag.Entry entry = first; entry != null; entry = entry.next()) {
            if (match(row, entry.row())) {
                count += entry.weight();
            }
        }
        return count;
    }

    private boolean match(Row leftRow, Row rightRow) {
        tick();
        pair.set(0, leftRow);
        pair.set(1, rightRow);
        for (Expression term : condition.terms()) {
            if (!term.isTrue(pair, constants)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isHolding() {
        return true;
    }

    @Override
    public long rows() {
        return partners.size();
    }

    @Override
    public long bytes() {
        return (long) partners.size() * BYTES_PER_COUNT;
    }
}
