package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.upkeep.LiveWork;
import dev.merapi.server.database.QueryPool;
import dev.merapi.store.Snapshot;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the work of live queries done that is too long for their thread: all that is due on one snapshot, on the threads
 * for queries. Circuits that have to be filled and first rows do not wait; queries are run again not more often than
 * once per tick. Owned by the live thread.
 */
final class BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);

    /** Asks the writer for a snapshot, which arrives as {@link LiveEvent.WorkReady}. */
    private final Runnable requestSnapshot;

    private final QueryPool pool;
    private final Consumer<LiveEvent> stage;
    private final LongSupplier nanoTime;
    private final long tickNanos;
    private final long maxRunNanos;
    private boolean requested;
    /** When queries may be run again. */
    private long nextTick;
    /** There was no room for some work: nothing before this. */
    private long nextTry;

    /**
     * @param tickNanos between two runs of a query
     * @param maxRunNanos for one piece of work
     */
    BackgroundWork(
            Runnable requestSnapshot,
            QueryPool pool,
            Consumer<LiveEvent> stage,
            LongSupplier nanoTime,
            long tickNanos,
            long maxRunNanos) {
        this.requestSnapshot = requestSnapshot;
        this.pool = pool;
        this.stage = stage;
        this.nanoTime = nanoTime;
        this.tickNanos = tickNanos;
        this.maxRunNanos = maxRunNanos;
        this.nextTick = nanoTime.getAsLong();
        this.nextTry = nextTick;
    }

    /**
     * Begins a round if there is need for one and it is time.
     *
     * @return nanoseconds until it will be, at most {@code otherwise}
     */
    long poll(@Nullable LiveQueries queries, long otherwise) {
        if (requested || queries == null || !queries.hasDue()) {
            return otherwise;
        }
        long now = nanoTime.getAsLong();
        long wait = queries.hasUrgent() ? nextTry - now : Math.max(nextTry - now, nextTick - now);
        if (wait > 0) {
            return Math.min(wait, otherwise);
        }
        requested = true;
        requestSnapshot.run();
        return otherwise;
    }

    /** The snapshot for a round has come, or cannot be had: then a later round tries again. */
    void begin(@Nullable Snapshot snapshot, @Nullable LiveQueries queries) {
        requested = false;
        long now = nanoTime.getAsLong();
        if (snapshot == null) {
            nextTry = now + tickNanos;
            return;
        }
        // Where commits that were read from the log have overtaken the snapshot, the next round asks for another one.
        if (queries == null || queries.offset() != snapshot.offset()) {
            return;
        }
        boolean again = now - nextTick >= 0;
        if (again) {
            nextTick = now + tickNanos;
        }
        for (LiveWork work : queries.takeDue(snapshot, again)) {
            pool.execute(new Task(queries, work));
        }
    }

    /** There was no room for some work. */
    void postpone() {
        nextTry = nanoTime.getAsLong() + tickNanos;
    }

    private final class Task implements QueryPool.Task {
        private final LiveQueries owner;
        private final LiveWork work;

        Task(LiveQueries owner, LiveWork work) {
            this.owner = owner;
            this.work = work;
        }

        @Override
        public void run() {
            long deadline = nanoTime.getAsLong() + maxRunNanos;
            try {
                work.run(() -> nanoTime.getAsLong() - deadline > 0);
                stage.accept(new LiveEvent.WorkDone(owner, work));
            } catch (CodedException e) {
                stage.accept(new LiveEvent.WorkFailed(owner, work, e));
            } catch (RuntimeException | Error e) {
                LOG.error("work of a live query failed in an unforeseen way", e);
                CodedException reason = new CodedException(ErrorCode.INTERNAL, "live result could not be computed")
                        .with("cause", e)
                        .causedBy(e);
                stage.accept(new LiveEvent.WorkFailed(owner, work, reason));
            }
        }

        @Override
        public void fail(CodedException reason) {
            stage.accept(
                    reason.code() == ErrorCode.BUSY
                            ? new LiveEvent.WorkPostponed(owner, work)
                            : new LiveEvent.WorkFailed(owner, work, reason));
        }
    }
}
