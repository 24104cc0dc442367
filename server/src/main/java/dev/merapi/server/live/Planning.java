package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.live.LivePlan;
import dev.merapi.query.live.LiveRequest;
import dev.merapi.server.database.QueryPool;
import dev.merapi.store.Catalog;
import dev.merapi.store.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has texts planned that are seen for the first time: each once, however many ask for it, on the threads for queries.
 * Owned by the live thread.
 */
final class Planning {
    private static final Logger LOG = LoggerFactory.getLogger(Planning.class);

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A subscription that cannot begin before its text is planned. */
    record Waiting(Subscription subscription, Beginning beginning) {}

    private final QueryPool pool;
    private final Consumer<LiveEvent> stage;
    private final LongSupplier nanoTime;
    private final Map<LivePlan.Text, List<Waiting>> waiting = new HashMap<>();
    /** There was no room for these. */
    private final List<Task> refused = new ArrayList<>();

    private long nextTry;

    Planning(QueryPool pool, Consumer<LiveEvent> stage, LongSupplier nanoTime) {
        this.pool = pool;
        this.stage = stage;
        this.nanoTime = nanoTime;
    }

    /** Has the text of a subscription planned; {@link LiveEvent.Planned} comes of it. */
    void plan(Subscription subscription, Beginning beginning, Snapshot snapshot) {
        LiveRequest request = subscription.request();
        LivePlan.Text text = LivePlan.Text.of(snapshot.catalog(), request);
        List<Waiting> others = waiting.get(text);
        if (others != null) {
            others.add(new Waiting(subscription, beginning));
            return;
        }
        waiting.put(text, new ArrayList<>(List.of(new Waiting(subscription, beginning))));
        pool.execute(new Task(text, snapshot.catalog(), request));
    }

    /** Who waited for a text. */
    List<Waiting> planned(LivePlan.Text text) {
        List<Waiting> those = waiting.remove(text);
        return those == null ? List.of() : those;
    }

    /** There was no room for a task: it is tried again a little later. */
    void refused(Task task) {
        if (refused.isEmpty()) {
            nextTry = nanoTime.getAsLong() + RETRY_NANOS;
        }
        refused.add(task);
    }

    /**
     * Tries again what had no room, if it is time.
     *
     * @return nanoseconds until it will be, at most {@code otherwise}
     */
    long poll(long otherwise) {
        if (refused.isEmpty()) {
            return otherwise;
        }
        long wait = nextTry - nanoTime.getAsLong();
        if (wait > 0) {
            return Math.min(wait, otherwise);
        }
        List<Task> again = List.copyOf(refused);
        refused.clear();
        again.forEach(pool::execute);
        return otherwise;
    }

    /** One text to be planned. */
    final class Task implements QueryPool.Task {
        private final LivePlan.Text text;
        private final Catalog catalog;
        private final LiveRequest request;

        private Task(LivePlan.Text text, Catalog catalog, LiveRequest request) {
            this.text = text;
            this.catalog = catalog;
            this.request = request;
        }

        @Override
        public void run() {
            try {
                end(LivePlan.of(catalog, request), null);
            } catch (CodedException e) {
                end(null, e);
            } catch (RuntimeException | Error e) {
                LOG.error("live query could not be planned: {}", request.sql(), e);
                end(
                        null,
                        new CodedException(ErrorCode.INTERNAL, "live query could not be planned")
                                .with("cause", e)
                                .causedBy(e));
            }
        }

        private void end(@Nullable LivePlan plan, @Nullable CodedException reason) {
            stage.accept(new LiveEvent.Planned(text, plan, reason));
        }

        @Override
        public void fail(CodedException reason) {
            if (reason.code() == ErrorCode.BUSY) {
                stage.accept(new LiveEvent.NotPlanned(this));
            } else {
                end(null, reason);
            }
        }
    }
}
