package dev.merapi.query.live.upkeep;

import dev.merapi.query.live.row.ResultRows;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.store.ReadView;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one result current by running its query again and comparing. Owned by the live thread.
 *
 * <p>Invariant: the known rows are those of the query as of {@code asOf}, and of every later commit before {@code
 * touched}, the last one that touched what it reads.
 */
public final class RepeatedRuns implements Upkeep {
    /** Runs a query. */
    @FunctionalInterface
    public interface Runner {
        /** The rows on a view; on any thread that may read it. */
        List<byte[]> run(ReadView view, BooleanSupplier cancelled);
    }

    private final ResultRows rows;
    private final Runner query;
    private final LongSupplier now;
    private long asOf;
    private long touched;
    private long evaluations;
    private @Nullable ResultRun running;

    /**
     * Keeps a result current from now on.
     *
     * @param asOf the commit up to which its rows are right, if they are known
     * @param now the last commit applied to all live queries
     */
    public RepeatedRuns(ResultRows rows, Runner query, long asOf, LongSupplier now) {
        this.rows = rows;
        this.query = query;
        this.asOf = asOf;
        this.now = now;
    }

    @Override
    public long asOf() {
        return isStale() ? asOf : now.getAsLong();
    }

    @Override
    public long evaluations() {
        return evaluations;
    }

    @Override
    public boolean isStale() {
        return !rows.known() || touched > asOf;
    }

    /** Whether the rows have to be computed and nobody does. */
    public boolean isDue() {
        return running == null && isStale();
    }

    /** A commit has changed a table it reads. */
    public void touch(long offset) {
        touched = offset;
    }

    /**
     * Hands out the work.
     *
     * @param view as of the last commit applied
     */
    public ResultRun take(ReadView view) {
        ResultRun run = new ResultRun(rows, query, view);
        running = run;
        return run;
    }

    /** Takes the rows over; returns what has changed, nothing for the first ones. */
    public List<RowChange> returned(ResultRun run) {
        running = null;
        evaluations++;
        rows.set(run.rows());
        asOf = run.offset();
        return run.changes();
    }

    /** Nobody has done the work. */
    public void postponed() {
        running = null;
    }

    /** Nobody wants the result any more. */
    public void end() {
        if (running != null) {
            running.giveUp();
        }
    }
}
