package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.QueryUpdate;
import dev.merapi.query.live.upkeep.LiveWork;
import dev.merapi.query.live.upkeep.ResultRun;
import dev.merapi.query.system.LiveDescription;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.server.database.CommitListener;
import dev.merapi.server.database.CommitSize;
import dev.merapi.server.database.DatabaseLoop;
import dev.merapi.server.database.LiveState;
import dev.merapi.server.database.Mailbox;
import dev.merapi.server.database.QueryPool;
import dev.merapi.server.database.Request;
import dev.merapi.store.Commit;
import dev.merapi.store.Snapshot;
import dev.merapi.store.log.CommitLog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of the live queries of one database, on the thread {@code live-<name>}: takes each commit, in order, to the
 * subscriptions it concerns.
 *
 * <p>A subscription begins behind the writer: it asks the {@link DatabaseLoop} for a snapshot and gets it after all
 * commits the snapshot contains. From then on the stage would tell it of each commit; while its initial rows are still
 * being sent, or its client is slow, it is skipped instead, and later gets the net difference of all it missed,
 * computed from the {@link History}. Reading snapshots and history takes time, so it is done on virtual threads, which
 * report back here; the last few commits are added here, so that the hand-over to being told each commit has no gap.
 *
 * <p>Commits that find too many others waiting are not queued but read from the log later: the writer never waits for
 * this stage. If the log does not have them, all subscriptions begin anew, and are told so.
 */
public final class LiveStage implements CommitListener, LiveState {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStage.class);

    private static final int MAX_EVENTS = 1024;
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final LongSupplier nanoTime;
    private final long maxQueuedRows;
    private final Mailbox<LiveEvent> mailbox = new Mailbox<>(Integer.MAX_VALUE);
    private final AtomicLong queuedRows = new AtomicLong();

    /** Written by the writer: commits up to here may be missing from the mailbox. */
    private volatile long droppedUpTo;

    /** Written by the live thread. */
    private volatile LiveStatistics statistics = LiveStatistics.NONE;

    private volatile @Nullable DatabaseLoop loop;
    private volatile LongConsumer commitNanos = nanos -> {};

    // Below: owned by the thread live-<name>.
    private final CommitFollower follower;
    private final Audiences audiences;
    private final int maxTableRows;
    private final Subscriptions subscriptions;
    private final Planning planning;
    private final BackgroundWork work;
    private long progressAt;
    private long progressOffset;

    /**
     * @param offset the newest commit of the database
     * @param workers runs what may take long; each task may block
     * @param pool runs queries
     */
    public LiveStage(
            String name,
            CommitLog log,
            long offset,
            Executor workers,
            QueryPool pool,
            InstantSource clock,
            LongSupplier nanoTime,
            ServerLimits limits) {
        this.name = name;
        this.nanoTime = nanoTime;
        this.maxQueuedRows = limits.get(Limit.LIVE_QUEUE_ROWS);
        RecentCommits recent = new RecentCommits(limits.get(Limit.HISTORY_ROWS));
        History history = new History(log, recent);
        this.planning = new Planning(pool, mailbox::force, nanoTime);
        this.audiences = new Audiences(clock);
        this.maxTableRows = limits.getInt(Limit.LIVE_TABLE_ROWS);
        this.subscriptions = new Subscriptions(
                new WriterSnapshots(), mailbox::force, workers, planning, recent, history, audiences, limits);
        this.work = new BackgroundWork(
                this::requestSnapshotForWork,
                pool,
                mailbox::force,
                nanoTime,
                TimeUnit.MILLISECONDS.toNanos(limits.get(Limit.LIVE_TICK_MILLIS)),
                TimeUnit.MILLISECONDS.toNanos(limits.get(Limit.STATEMENT_MILLIS)));
        this.follower = new CommitFollower(
                name, history, recent, offset, this::deliver, this::endCommit, subscriptions::beginAllAnew);
    }

    /** Before the threads start: who is told how long each commit took, in nanoseconds, until subscribers had it. */
    public void observe(LongConsumer observer) {
        commitNanos = observer;
    }

    /** Before the threads start: where snapshots come from. */
    public void connect(DatabaseLoop source) {
        loop = source;
    }

    @Override
    public void committed(List<Commit> commits) {
        if (queuedRows.get() > maxQueuedRows) {
            droppedUpTo = commits.getLast().offset();
            mailbox.nudge();
            return;
        }
        long rows = CommitSize.rows(commits);
        queuedRows.addAndGet(rows);
        mailbox.force(new LiveEvent.Committed(commits, rows, nanoTime.getAsLong()));
    }

    /** Any thread. Begins a subscription; what comes of it goes to its outlet. */
    public void subscribe(Subscription subscription) {
        requestSnapshot(subscription, Beginning.AS_ASKED);
    }

    /** Any thread. Ends a subscription because its client asked for it. */
    public void unsubscribe(Subscription subscription) {
        mailbox.force(new LiveEvent.Unsubscribed(subscription));
    }

    /** Any thread. The outlet was congested and is no more. */
    public void drained(Outlet outlet) {
        mailbox.force(new LiveEvent.Drained(outlet));
    }

    /** Any thread. The outlet was closed: its subscriptions are forgotten. */
    public void gone(Outlet outlet) {
        mailbox.force(new LiveEvent.Gone(outlet));
    }

    @Override
    public CompletableFuture<LiveDescription> describe() {
        return ask(Introspection::description);
    }

    /** Any thread. Adds up what is kept live; as {@link #describe}. */
    public CompletableFuture<LiveSummary> summarise() {
        return ask(Introspection::summary);
    }

    private <T> CompletableFuture<T> ask(Function<Introspection, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!mailbox.force(new LiveEvent.Asked<>(question, answer))) {
            answer.completeExceptionally(
                    new CodedException(ErrorCode.SHUTTING_DOWN, "database is being closed").with("database", name));
        }
        return answer;
    }

    /** The last commit taken to subscribers. Any thread. */
    public long offset() {
        return follower.offset();
    }

    /** Any thread. */
    public LiveStatistics statistics() {
        return statistics;
    }

    /** Any thread. Takes no more events; what was accepted is still handled. */
    public void close() {
        mailbox.close();
    }

    /** The body of the thread. Returns when closed and done. */
    public void run() {
        List<LiveEvent> events = new ArrayList<>();
        boolean open = true;
        while (open) {
            try {
                open = mailbox.drainTo(events, MAX_EVENTS, poll());
            } catch (InterruptedException e) {
                LOG.warn("live-{} was interrupted and goes on: it ends by being closed", name);
                continue;
            }
            for (LiveEvent event : events) {
                handleSafely(event);
            }
            events.clear();
            if (queuedRows.get() == 0 && follower.offset() < droppedUpTo) {
                follower.readTo(droppedUpTo);
            }
            sendProgress();
            statistics = new LiveStatistics(
                    audiences.size(), follower.resultCount(), subscriptions.delivered(), queuedRows.get());
        }
    }

    /** Begins what waits for its time; returns how long to wait for events. */
    private long poll() {
        long untilPlanning = planning.poll(TICK_NANOS);
        return work.poll(follower.queries(), untilPlanning);
    }

    private void handleSafely(LiveEvent event) {
        try {
            handle(event);
        } catch (RuntimeException | Error e) {
            LOG.error("live stage of database {} failed in an unforeseen way; all subscriptions begin anew", name, e);
            follower.lose();
        }
    }

    private void handle(LiveEvent event) {
        LiveQueries queries = follower.queries();
        switch (event) {
            case LiveEvent.Committed e -> {
                queuedRows.addAndGet(-e.rows());
                for (Commit commit : e.commits()) {
                    follower.follow(commit);
                    commitNanos.accept(nanoTime.getAsLong() - e.nanoTime());
                }
            }
            case LiveEvent.Snapshotted e -> begin(e);
            case LiveEvent.Refused e -> subscriptions.end(e.subscription(), e.reason(), queries);
            case LiveEvent.CaughtUp e -> {
                if (queries != null && e.attempt().isCurrent()) {
                    subscriptions.catchingUp().join(e.attempt(), e.offset(), follower.offset(), queries);
                }
            }
            case LiveEvent.Stuck e -> {
                if (e.attempt().isCurrent()) {
                    subscriptions.beginAnew(e.attempt().subscription(), e.reason(), queries);
                }
            }
            case LiveEvent.Failed e -> {
                if (e.attempt().isCurrent()) {
                    subscriptions.end(e.attempt().subscription(), e.reason(), queries);
                }
            }
            case LiveEvent.Unsubscribed e -> subscriptions.end(e.subscription(), null, queries);
            case LiveEvent.Drained e -> {
                if (queries != null) {
                    subscriptions.catchingUp().drained(e.outlet(), follower.offset(), queries);
                }
            }
            case LiveEvent.Planned e -> subscriptions.planned(e);
            case LiveEvent.NotPlanned e -> planning.refused(e.task());
            case LiveEvent.WorkReady e -> beginWork(e.snapshot());
            case LiveEvent.WorkDone e -> {
                if (e.owner().equals(queries)) {
                    workDone(e.owner(), e.work());
                }
            }
            case LiveEvent.WorkFailed e -> {
                if (e.owner().equals(queries)) {
                    workFailed(e.owner(), e.work(), e.reason());
                }
            }
            case LiveEvent.WorkPostponed e -> {
                work.postpone();
                e.owner().postponed(e.work());
            }
            case LiveEvent.Gone e -> subscriptions.forget(e.outlet(), queries);
            case LiveEvent.Asked<?> e ->
                e.answerBy(new Introspection(audiences, queries, follower.offset(), maxTableRows));
        }
    }

    private void begin(LiveEvent.Snapshotted e) {
        LiveQueries queries = follower.at(e.snapshot());
        if (queries == null) {
            requestSnapshot(e.subscription(), e.beginning());
        } else {
            subscriptions.begin(e.subscription(), e.snapshot(), e.beginning(), queries);
            subscriptions.catchingUp().moved(queries);
        }
    }

    private void beginWork(@Nullable Snapshot snapshot) {
        work.begin(snapshot, snapshot == null ? follower.queries() : follower.at(snapshot));
    }

    private void workDone(LiveQueries queries, LiveWork done) {
        List<QueryUpdate> updates = queries.done(done);
        updates.forEach(this::deliver);
        subscriptions.catchingUp().moved(queries);
        if (!updates.isEmpty()) {
            subscriptions.endCommit(follower.offset(), done instanceof ResultRun);
        }
        // After the updates: what rows begin with contains them.
        queries.takeBegun().forEach(subscriptions::rowsKnown);
    }

    private void workFailed(LiveQueries queries, LiveWork failed, CodedException reason) {
        QueryUpdate end = queries.failed(failed, reason);
        if (end != null) {
            deliver(end);
        }
        subscriptions.catchingUp().moved(queries);
    }

    private void requestSnapshotForWork() {
        writer().submit(new Request.Read(new Request.SnapshotReceiver() {
            @Override
            public void accept(Snapshot snapshot) {
                mailbox.force(new LiveEvent.WorkReady(snapshot));
            }

            @Override
            public void failed(CodedException reason) {
                mailbox.force(new LiveEvent.WorkReady(null));
            }
        }));
    }

    private void deliver(QueryUpdate update) {
        LiveQueries queries = follower.queries();
        if (queries != null) {
            subscriptions.deliver(update, queries);
        }
    }

    private void endCommit(long offset) {
        LiveQueries queries = follower.queries();
        if (queries != null) {
            subscriptions.catchingUp().moved(queries);
        }
        subscriptions.endCommit(offset, true);
    }

    private void sendProgress() {
        long now = nanoTime.getAsLong();
        long offset = follower.offset();
        if (now - progressAt >= PROGRESS_NANOS && offset > progressOffset) {
            progressAt = now;
            progressOffset = offset;
            subscriptions.sendProgress(offset);
        }
    }

    private void requestSnapshot(Subscription subscription, Beginning beginning) {
        writer().submit(new Request.Read(new Request.SnapshotReceiver() {
            @Override
            public void accept(Snapshot snapshot) {
                mailbox.force(new LiveEvent.Snapshotted(subscription, snapshot, beginning));
            }

            @Override
            public void failed(CodedException reason) {
                mailbox.force(new LiveEvent.Refused(subscription, reason));
            }
        }));
    }

    private DatabaseLoop writer() {
        DatabaseLoop source = loop;
        if (source == null) {
            throw new IllegalStateException("live stage is not connected to a writer");
        }
        return source;
    }

    private final class WriterSnapshots implements Subscriptions.Snapshots {
        @Override
        public void request(Subscription subscription, Beginning beginning) {
            requestSnapshot(subscription, beginning);
        }

        @Override
        public long epoch() {
            return writer().epoch();
        }
    }
}
