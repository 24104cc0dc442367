package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.arrange.Arrangement;
import dev.merapi.query.dataflow.zset.Bag;
import dev.merapi.query.dataflow.zset.Delta;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The left rows without a partner of the same key on the right: A ▷ B. With has(k) for whether B has rows of key k,
 *
 * <pre>
 * d(A ▷ B)[k] =   dA[k]   where has(k) neither before nor after
 *                -A[k]    where has(k) after but not before
 *                 A'[k]   where has(k) before but not after
 *                 0       where has(k) before and after
 * </pre>
 *
 * A left row without key (NULL equals nothing) has no partner and comes through. Outer joins are sums of the inner join
 * and of this, filled up with NULLs.
 */
public final class AntiJoin extends Operator {
    private final Delta leftDelta;
    private final Arrangement left;
    private final Arrangement right;

    /** Makes the operator; {@code left} arranges what {@code leftDelta} brings. */
    public AntiJoin(Delta leftDelta, Arrangement left, Arrangement right) {
        this.leftDelta = leftDelta;
        this.left = left;
        this.right = right;
    }

    @Override
    public void step() {
        for (Map.Entry<Object, Bag> changed : right.changes().entrySet()) {
            Object key = changed.getKey();
            boolean before = hadPartner(key);
            boolean after = hasPartner(key);
            if (before && !after) {
                emitAll(left.before(key), 1);
            } else if (!before && after) {
                emitAll(left.before(key), -1);
            }
        }
        for (int i = 0; i < leftDelta.size(); i++) {
            Object key = left.keyOf(leftDelta.row(i));
            if (key == null || !hasPartner(key)) {
                emit(leftDelta.row(i), leftDelta.weight(i));
            }
        }
    }

    private void emitAll(Bag.@Nullable Entry first, int sign) {
        for (Bag.Entry entry = first; entry != null; entry = entry.next()) {
            emit(entry.row(), sign * entry.weight());
        }
    }

    private boolean hadPartner(Object key) {
        return right.before(key) != null;
    }

    private boolean hasPartner(Object key) {
        return right.hasAfter(key);
    }
}
