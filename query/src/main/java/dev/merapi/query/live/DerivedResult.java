package dev.merapi.query.live;

import dev.merapi.query.live.row.RowBag;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The result of a query that joins, groups, orders or otherwise needs more than the changed row. It keeps its rows, so
 * that any two of its states can be told apart. Owned by the live thread.
 */
public final class DerivedResult extends LiveResult {
    private final DerivedQuery query;
    /** Null before the first run. */
    private @Nullable RowBag rows;
    /** The offset its rows are right for; later commits that touch its tables are in {@link #touched}. */
    private long asOf;
    /** The last commit that changed a table it reads. */
    private long touched;
    /** Whether somebody is computing its rows anew. */
    private boolean running;
    /** Whether a circuit tells it what each commit changes; then nobody computes its rows. */
    private boolean maintained;

    private final LongSupplier now;

    /**
     * @param now the last commit applied to all live queries
     */
    DerivedResult(long id, DerivedQuery query, LongSupplier now) {
        super(id);
        this.query = query;
        this.now = now;
    }

    @Override
    public DerivedQuery query() {
        return query;
    }

    /** Whether its rows are known: false before they have been computed for the first time. */
    public boolean hasRows() {
        return rows != null;
    }

    /** The commit up to which {@link #rows} are right. */
    public long asOf() {
        return maintained ? now.getAsLong() : asOf;
    }

    /** The rows as of {@link #asOf}, in no order; a list of the caller's own. */
    public List<byte[]> rows() {
        RowBag known = rows;
        if (known == null) {
            throw new IllegalStateException("rows of a live result are asked for before they are known");
        }
        return known.toList();
    }

    /** An empty sum of changes, for somebody who will be told later. */
    public NetChanges newChanges() {
        return query.newChanges();
    }

    void touch(long offset) {
        touched = offset;
    }

    /** Whether its rows are behind the commits applied, or not known at all. */
    public boolean isStale() {
        return !maintained && (rows == null || touched > asOf);
    }

    /** Whether its rows have to be computed and nobody does. */
    boolean isDue() {
        return !running && isStale();
    }

    /** From now on a circuit maintains it. */
    void startMaintained(List<byte[]> initial) {
        rows = new RowBag(initial);
        maintained = true;
    }

    /** The circuit is gone: the rows are right as of this commit, and have to be computed from then on. */
    void endMaintained(long rightAsOf) {
        maintained = false;
        asOf = rightAsOf;
        touched = now.getAsLong();
    }

    /** What a commit has changed. */
    void maintain(List<RowChange> changes) {
        RowBag known = rows;
        if (known == null) {
            throw new IllegalStateException("a result is maintained before it has rows");
        }
        for (RowChange change : changes) {
            byte[] before = change.before();
            if (before != null) {
                known.add(before, -1);
            }
            byte[] after = change.after();
            if (after != null) {
                known.add(after, 1);
            }
        }
    }

    void startRun() {
        running = true;
    }

    void abandonRun() {
        running = false;
    }

    /** Takes over newly computed rows; returns what has changed, nothing for the first ones. */
    List<RowChange> endRun(long offset, List<byte[]> newRows) {
        running = false;
        RowBag known = rows;
        NetChanges changes = query.newChanges();
        if (known != null) {
            known.difference(newRows, changes::add);
        }
        rows = new RowBag(newRows);
        asOf = offset;
        return changes.toChanges();
    }
}
