package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.live.DerivedQuery;
import dev.merapi.query.live.DerivedResult;
import dev.merapi.query.live.LivePlan;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.LiveQuery;
import dev.merapi.query.live.LiveRequest;
import dev.merapi.query.live.LiveResult;
import dev.merapi.query.live.QueryUpdate;
import dev.merapi.query.live.TableQuery;
import dev.merapi.query.live.TableResult;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.store.Catalog;
import dev.merapi.store.Snapshot;
import dev.merapi.wire.Position;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Start;
import dev.merapi.wire.Start.ResetReason;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of subscriptions: how they begin from a snapshot or a position, become live, fall behind, catch up, and end.
 * Owned by the live thread. What takes long is given to workers, which report back as {@link LiveEvent}s.
 */
final class Subscriptions {
    /** Asks the writer for snapshots. */
    interface Snapshots {
        /** A snapshot for this subscription arrives at the stage as {@link LiveEvent.Snapshotted}. */
        void request(Subscription subscription, Beginning beginning);

        /** The epoch of the positions. */
        long epoch();
    }

    private final Snapshots snapshots;
    private final Consumer<LiveEvent> stage;
    private final Executor workers;
    private final Planning planning;
    private final History history;
    private final ServerLimits limits;
    private final CatchingUp catchingUp;
    private final Audiences audiences;
    private final Delivery delivery;

    Subscriptions(
            Snapshots snapshots,
            Consumer<LiveEvent> stage,
            Executor workers,
            Planning planning,
            RecentCommits recent,
            History history,
            Audiences audiences,
            ServerLimits limits) {
        this.snapshots = snapshots;
        this.stage = stage;
        this.workers = workers;
        this.planning = planning;
        this.history = history;
        this.limits = limits;
        this.audiences = audiences;
        int messageBytes = limits.getInt(Limit.MESSAGE_BYTES);
        this.delivery = new Delivery(audiences, stage, messageBytes);
        this.catchingUp = new CatchingUp(stage, workers, recent, history, audiences, delivery, messageBytes);
    }

    long delivered() {
        return delivery.delivered();
    }

    /** Takes an update to those it concerns. */
    void deliver(QueryUpdate update, LiveQueries queries) {
        CodedException reason = update.ended();
        if (reason == null) {
            delivery.deliver(update);
            return;
        }
        Audience audience = audiences.find(update.result());
        if (audience != null) {
            for (Audience.Member member : List.copyOf(audience.members())) {
                for (Subscription subscription : List.copyOf(member.subscriptions)) {
                    end(subscription, reason, queries);
                }
            }
        }
    }

    /**
     * All updates of a commit, or of a piece of work, have been delivered.
     *
     * @param whole whether they were those of this commit, and not of several up to it
     */
    void endCommit(long offset, boolean whole) {
        delivery.endCommit(offset, whole);
    }

    /** The way of those who have missed something. */
    CatchingUp catchingUp() {
        return catchingUp;
    }

    void sendProgress(long offset) {
        delivery.sendProgress(offset);
    }

    /**
     * Begins a subscription.
     *
     * @param queries having applied all the snapshot contains
     */
    void begin(Subscription subscription, Snapshot snapshot, Beginning beginning, LiveQueries queries) {
        if (subscription.isEnded() || subscription.outlet().isClosed()) {
            subscription.abandon();
            return;
        }
        LiveResult result;
        try {
            LiveQuery query = compiled(subscription, snapshot.catalog(), queries);
            if (query == null) {
                planning.plan(subscription, beginning, snapshot);
                return;
            }
            if (query instanceof DerivedQuery && snapshot.offset() != queries.offset()) {
                // Commits that were read from the log have overtaken the snapshot.
                snapshots.request(subscription, beginning);
                return;
            }
            result = queries.attach(query, snapshot);
            subscription.order = query.order();
        } catch (CodedException e) {
            subscription.end(e);
            return;
        }
        audiences.add(subscription, result);
        switch (result) {
            case TableResult table -> {
                switch (beginning) {
                    case Beginning.Anew anew -> load(subscription, table, snapshot, anew.start());
                    case Beginning.AsAsked asAsked -> beginAsAsked(subscription, table, snapshot);
                }
            }
            case DerivedResult derived -> {
                subscription.derivedStart = derivedStart(subscription, beginning);
                if (derived.hasRows()) {
                    load(subscription, derived);
                }
            }
        }
    }

    /** The query of a subscription; null when its text has to be planned first. */
    private static @Nullable LiveQuery compiled(Subscription subscription, Catalog catalog, LiveQueries queries) {
        LiveRequest request = subscription.request();
        LiveQuery known = queries.compileKnown(catalog, request);
        LivePlan plan = subscription.plan;
        subscription.plan = null;
        if (known == null && plan != null && plan.text().equals(LivePlan.Text.of(catalog, request))) {
            return queries.compile(plan, request);
        }
        return known;
    }

    /** A text has been planned, or cannot be: those who waited for it go on, or end. */
    void planned(LiveEvent.Planned event) {
        for (Planning.Waiting waiting : planning.planned(event.text())) {
            CodedException reason = event.reason();
            if (reason != null) {
                waiting.subscription().end(reason);
            } else {
                waiting.subscription().plan = event.plan();
                snapshots.request(waiting.subscription(), waiting.beginning());
            }
        }
    }

    /** No history tells what a derived result was: who comes back with a position begins anew. */
    private static Start derivedStart(Subscription subscription, Beginning beginning) {
        return switch (beginning) {
            case Beginning.Anew anew -> anew.start();
            case Beginning.AsAsked asAsked ->
                subscription.options().from() == null ? Start.FRESH : new Start.Reset(ResetReason.NOT_RESUMABLE);
        };
    }

    /** A derived result has got its first rows: those that waited for them begin. */
    void rowsKnown(DerivedResult result) {
        Audience audience = audiences.find(result);
        if (audience != null) {
            for (Audience.Member member : audience.members()) {
                for (Subscription subscription : member.subscriptions) {
                    if (subscription.state == Subscription.State.REQUESTED) {
                        load(subscription, result);
                    }
                }
            }
        }
    }

    private void load(Subscription subscription, DerivedResult result) {
        DerivedQuery query = result.query().in(subscription.order);
        List<byte[]> rows = result.rows();
        OptionalInt last = subscription.options().lastRows();
        subscription.missed = result.newChanges();
        send(
                subscription,
                result,
                result.asOf(),
                subscription.derivedStart,
                () -> query.beginning(rows, last).iterator());
    }

    private void beginAsAsked(Subscription subscription, TableResult result, Snapshot snapshot) {
        Position from = subscription.options().from();
        if (from == null) {
            load(subscription, result, snapshot, Start.FRESH);
            return;
        }
        Optional<ResetReason> obstacle = history.obstacle(from, snapshot.offset());
        if (obstacle.isPresent()) {
            load(subscription, result, snapshot, new Start.Reset(obstacle.get()));
        } else {
            // The client may have seen more than this snapshot: another connection of it was a little faster.
            long upTo = Math.max(snapshot.offset(), from.offset());
            ServerMessage.Subscribed opening = subscribed(subscription, result, upTo, Start.RESUMED);
            catchingUp.catchUp(subscription, result.query(), new CatchUp.Gap(from.offset(), upTo, opening));
        }
    }

    private void load(Subscription subscription, TableResult result, Snapshot snapshot, Start start) {
        TableQuery query = result.query().in(subscription.order);
        OptionalInt last = subscription.options().lastRows();
        send(
                subscription,
                result,
                snapshot.offset(),
                start,
                () -> last.isPresent()
                        ? query.lastRows(snapshot, last.getAsInt()).iterator()
                        : query.rows(snapshot));
    }

    private void send(
            Subscription subscription, LiveResult result, long at, Start start, Supplier<Iterator<byte[]>> rows) {
        subscription.state = Subscription.State.LOADING;
        ServerMessage.Subscribed opening = subscribed(subscription, result, at, start);
        subscription.send(opening);
        Subscription.Attempt attempt = subscription.newAttempt(result.query());
        workers.execute(new SnapshotSender(stage, attempt, rows, opening.position(), limits));
    }

    private ServerMessage.Subscribed subscribed(Subscription subscription, LiveResult result, long at, Start start) {
        LiveQuery query = result.query().in(subscription.order);
        return new ServerMessage.Subscribed(
                subscription.id(),
                result.id(),
                query.rowType(),
                query.shownKeyColumns(),
                query.order(),
                new Position(snapshots.epoch(), at),
                start);
    }

    /** What the client has cannot be continued: it gets all rows again, if that helps. */
    void beginAnew(Subscription subscription, CodedException reason, @Nullable LiveQueries queries) {
        ResetReason why = switch (reason.code()) {
            case HISTORY_TRUNCATED -> ResetReason.HISTORY_TRUNCATED;
            case SCHEMA_CHANGED -> ResetReason.SCHEMA_CHANGED;
            case CATCH_UP_LIMIT -> ResetReason.NOT_RESUMABLE;
            default -> null;
        };
        if (why == null) {
            end(subscription, reason, queries);
        } else {
            detach(subscription, queries);
            subscription.invalidate();
            snapshots.request(subscription, new Beginning.Anew(why));
        }
    }

    /** All results were forgotten: everybody begins anew. */
    void beginAllAnew() {
        delivery.abandonCommit();
        for (Subscription subscription : audiences.all()) {
            detach(subscription, null);
            subscription.invalidate();
            snapshots.request(subscription, new Beginning.Anew(ResetReason.HISTORY_TRUNCATED));
        }
    }

    /**
     * @param reason null when the client asked for it
     * @param queries null when there is nothing to detach from
     */
    void end(Subscription subscription, @Nullable CodedException reason, @Nullable LiveQueries queries) {
        detach(subscription, queries);
        subscription.end(reason);
    }

    /** The client is gone. */
    void forget(Outlet outlet, @Nullable LiveQueries queries) {
        for (Subscription subscription : audiences.of(outlet)) {
            subscription.abandon();
            detach(subscription, queries);
        }
    }

    private void detach(Subscription subscription, @Nullable LiveQueries queries) {
        Audience.Member member = subscription.member;
        boolean wasBehind = subscription.behind;
        LiveResult result = audiences.remove(subscription);
        if (result != null && queries != null) {
            queries.detach(result);
        }
        if (member != null && wasBehind && queries != null) {
            delivery.tellIfCurrent(member.reader(), queries.offset());
        }
    }
}
