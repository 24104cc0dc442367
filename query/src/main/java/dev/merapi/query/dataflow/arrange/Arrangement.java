package dev.merapi.query.dataflow.arrange;

import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Bag;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.dataflow.zset.Rows;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sum of all changes of one flow of rows, by key. Shared by all operators that ask for the same key.
 *
 * <p>While a commit is worked on it shows two states: {@link #before} is the sum without the commit's change,
 * {@link #change} the change alone. {@link #settle} makes one of the two. Rows that have no key (NULL equals nothing)
 * are not held: nobody can find them.
 */
public final class Arrangement {
    /** About what an entry of a hash map and an empty bag take. */
    private static final int BYTES_PER_KEY = 96;

    private static final int BYTES_PER_ENTRY = 32;

    private final Delta delta;
    private final Key key;
    private final EvalContext constants;

    private Map<Object, Bag> settled = new HashMap<>();
    private Map<Object, Bag> changes = new HashMap<>();
    private boolean indexed;
    private long rows;
    private long bytes;

    /** Makes an empty arrangement of the changes that {@code delta} will bring. */
    public Arrangement(Delta delta, Key key, EvalContext constants) {
        this.delta = delta;
        this.key = key;
        this.constants = constants;
    }

    /** The first row with a key before the commit, or null. */
    public Bag.@Nullable Entry before(Object value) {
        Bag bag = settled.get(value);
        return bag == null ? null : bag.first();
    }

    /** The first row with a key in the commit's change, or null. */
    public Bag.@Nullable Entry change(Object value) {
        if (delta.isEmpty()) {
            return null;
        }
        Bag bag = changes().get(value);
        return bag == null ? null : bag.first();
    }

    /** Whether there is a row with a key after the commit. */
    public boolean hasAfter(Object value) {
        Bag before = settled.get(value);
        Bag change = delta.isEmpty() ? null : changes().get(value);
        if (before == null || change == null || before.size() > change.size()) {
            return before != null || (change != null && change.size() > 0);
        }
        for (Bag.Entry entry = before.first(); entry != null; entry = entry.next()) {
            if (entry.weight() + change.weight(entry.row()) != 0) {
                return true;
            }
        }
        for (Bag.Entry entry = change.first(); entry != null; entry = entry.next()) {
            if (before.weight(entry.row()) + entry.weight() != 0) {
                return true;
            }
        }
        return false;
    }

    /** How often a row with this key is there after the commit. */
    public int weightAfter(Object value, Row row) {
        Bag before = settled.get(value);
        Bag change = delta.isEmpty() ? null : changes().get(value);
        return (before == null ? 0 : before.weight(row)) + (change == null ? 0 : change.weight(row));
    }

    /** Whether no row was held before the commit. */
    public boolean wasEmpty() {
        return settled.isEmpty();
    }

    /** Whether the commit changes nothing in it. */
    public boolean isUnchanged() {
        return delta.isEmpty();
    }

    /** The commit's change, by key. */
    public Map<Object, Bag> changes() {
        if (!indexed && !delta.isEmpty()) {
            for (int i = 0; i < delta.size(); i++) {
                Object value = key.of(delta.row(i), constants);
                if (value != null) {
                    changes.computeIfAbsent(value, none -> new Bag()).add(delta.row(i), delta.weight(i));
                }
            }
            indexed = true;
        }
        return changes;
    }

    /** The key under which a row of the flow is held, or null if it is not held. */
    public @Nullable Object keyOf(Row row) {
        return key.of(row, constants);
    }

    /** Makes the commit's change part of what is held. */
    public void settle() {
        if (delta.isEmpty()) {
            return;
        }
        if (!indexed) {
            for (int i = 0; i < delta.size(); i++) {
                Object value = key.of(delta.row(i), constants);
                if (value != null) {
                    add(value, delta.row(i), delta.weight(i));
                }
            }
            return;
        }
        for (Map.Entry<Object, Bag> change : changes.entrySet()) {
            for (Bag.Entry entry = change.getValue().first(); entry != null; entry = entry.next()) {
                add(change.getKey(), entry.row(), entry.weight());
            }
        }
        changes = new HashMap<>();
        indexed = false;
    }

    /** Forgets the commit's change. */
    public void discard() {
        changes = new HashMap<>();
        indexed = false;
    }

    private void add(Object value, Row row, int weight) {
        Bag bag = settled.get(value);
        if (bag == null) {
            bag = new Bag();
            settled.put(value, bag);
        }
        int grown = bag.add(row, weight);
        if (grown != 0) {
            rows += grown;
            bytes += grown * (Rows.bytes(row) + BYTES_PER_ENTRY);
            if (bag.size() == 0) {
                settled.remove(value);
            }
        }
    }

    /** The number of different rows held. */
    public long rows() {
        return rows;
    }

    /** About how much memory it takes, bytes shared with tables not counted. */
    public long bytes() {
        return bytes + (long) settled.size() * BYTES_PER_KEY;
    }
}
