package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.live.DerivedResult;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.server.database.QueryPool;
import dev.merapi.store.Snapshot;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has derived results computed anew when what they read has changed: all that are due on one snapshot, on the threads
 * for queries, and not more often than once per tick. Owned by the live thread.
 */
final class Recomputation {
    private static final Logger LOG = LoggerFactory.getLogger(Recomputation.class);

    /** Asks the writer for a snapshot, which arrives as {@link LiveEvent.RunsReady}. */
    private final Runnable requestSnapshot;

    private final QueryPool pool;
    private final Consumer<LiveEvent> stage;
    private final LongSupplier nanoTime;
    private final long tickNanos;
    private final long maxRunNanos;
    private boolean requested;
    private long notBefore;

    /**
     * @param tickNanos between two rounds
     * @param maxRunNanos for one query
     */
    Recomputation(
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
        this.notBefore = nanoTime.getAsLong();
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
        long wait = notBefore - nanoTime.getAsLong();
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
        notBefore = nanoTime.getAsLong() + tickNanos;
        if (snapshot == null || queries == null) {
            return;
        }
        for (DerivedResult result : queries.takeDue()) {
            pool.execute(new Run(queries, result, snapshot));
        }
    }

    private final class Run implements QueryPool.Task {
        private final LiveQueries owner;
        private final DerivedResult result;
        private final Snapshot snapshot;

        Run(LiveQueries owner, DerivedResult result, Snapshot snapshot) {
            this.owner = owner;
            this.result = result;
            this.snapshot = snapshot;
        }

        @Override
        public void run() {
            long deadline = nanoTime.getAsLong() + maxRunNanos;
            try {
                stage.accept(new LiveEvent.Computed(
                        owner,
                        result,
                        snapshot.offset(),
                        result.query().run(snapshot, () -> nanoTime.getAsLong() - deadline > 0)));
            } catch (CodedException e) {
                fail(e);
            } catch (RuntimeException | Error e) {
                LOG.error("live result could not be computed: {}", result.query(), e);
                fail(new CodedException(ErrorCode.INTERNAL, "live result could not be computed")
                        .with("cause", e)
                        .causedBy(e));
            }
        }

        @Override
        public void fail(CodedException reason) {
            stage.accept(new LiveEvent.NotComputed(owner, result, reason));
        }
    }
}
