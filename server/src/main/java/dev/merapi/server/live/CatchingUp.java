package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.live.DerivedQuery;
import dev.merapi.query.live.DerivedResult;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.TableQuery;
import dev.merapi.query.live.row.NetChanges;
import dev.merapi.server.database.CommitSize;
import dev.merapi.store.Commit;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * How subscriptions that have missed something come to be told of each commit. Owned by the live thread. What takes
 * long is given to workers, which report back as {@link LiveEvent}s.
 */
final class CatchingUp {
    /** More changed rows than these are not caught up with on the live thread, for which others wait. */
    private static final long MAX_JOIN_ROWS = 10_000;

    private final Consumer<LiveEvent> stage;
    private final Executor workers;
    private final RecentCommits recent;
    private final History history;
    private final Audiences audiences;
    private final Delivery delivery;
    private final int messageBytes;

    /**
     * @param messageBytes longer differences are sent in parts
     */
    CatchingUp(
            Consumer<LiveEvent> stage,
            Executor workers,
            RecentCommits recent,
            History history,
            Audiences audiences,
            Delivery delivery,
            int messageBytes) {
        this.stage = stage;
        this.workers = workers;
        this.recent = recent;
        this.history = history;
        this.audiences = audiences;
        this.delivery = delivery;
        this.messageBytes = messageBytes;
    }

    /** Has a subscription told what it has missed. */
    void catchUp(Subscription subscription, TableQuery query, CatchUp.Gap gap) {
        subscription.state = Subscription.State.CATCHING_UP;
        Subscription.Attempt attempt = subscription.newAttempt(query);
        workers.execute(new CatchUp(stage, attempt, query, history, gap, messageBytes));
    }

    /**
     * The client has everything up to an offset: add what came since, and it is live.
     *
     * @param offset the last commit applied
     */
    void join(Subscription.Attempt attempt, long from, long offset, LiveQueries queries) {
        switch (attempt.query()) {
            case TableQuery query -> join(attempt, query, from, offset);
            case DerivedQuery query -> tellMissed(attempt.subscription(), queries);
        }
    }

    private void join(Subscription.Attempt attempt, TableQuery query, long from, long offset) {
        Subscription subscription = attempt.subscription();
        if (from < offset) {
            List<Commit> missed = recent.between(from, offset);
            if (missed.isEmpty() || missed.getFirst().offset() > from + 1 || rows(missed) > MAX_JOIN_ROWS) {
                catchUp(subscription, query, new CatchUp.Gap(from, offset, null));
                return;
            }
            try {
                List<RowChange> changes = Changes.toWire(query.netChanges(missed.iterator()));
                Commit last = missed.getLast();
                delivery.deliverPrivately(subscription, last.offset(), last.timestampMicros(), changes);
            } catch (CodedException e) {
                stage.accept(new LiveEvent.Stuck(attempt, e));
                return;
            }
        }
        becomeLive(subscription, offset, offset);
    }

    /** What a derived result has become since the client was told last; then it is live. */
    private void tellMissed(Subscription subscription, LiveQueries queries) {
        NetChanges missed = subscription.missed;
        Audience.Member member = subscription.member;
        if (missed == null || member == null || !(member.audience().result() instanceof DerivedResult result)) {
            return;
        }
        subscription.missed = null;
        delivery.deliverPrivately(
                subscription, result.asOf(), queries.timestampMicros(), Changes.toWire(missed.toChanges()));
        becomeLive(subscription, result.asOf(), result.isAway() ? result.asOf() : queries.offset());
    }

    /**
     * @param told the commit the client has been told of
     * @param applied the last commit applied to its result
     */
    private void becomeLive(Subscription subscription, long told, long applied) {
        subscription.state = Subscription.State.LIVE;
        if (subscription.outlet().isCongested() && subscription.member != null) {
            delivery.lag(subscription, subscription.member.audience().result(), told);
        } else {
            subscription.send(new ServerMessage.Live(subscription.id(), applied));
            Audience.Member member = subscription.member;
            if (member != null && member.audience().result() instanceof DerivedResult result && result.isAway()) {
                member.reader().fellBehind(subscription);
            } else {
                delivery.caughtUp(subscription, applied);
            }
        }
    }

    /** The client has read what was waiting: those that lag behind catch up. */
    void drained(Outlet outlet, long offset, LiveQueries queries) {
        for (Subscription subscription : audiences.of(outlet)) {
            if (subscription.state == Subscription.State.LAGGING && subscription.member != null) {
                switch (subscription.member.audience().result().query()) {
                    case TableQuery query ->
                        catchUp(subscription, query, new CatchUp.Gap(subscription.position, offset, null));
                    case DerivedQuery query -> tellMissed(subscription, queries);
                }
            }
        }
    }

    /** A circuit is being worked on elsewhere, or no more: those who follow its results are behind, or no more. */
    void moved(LiveQueries queries) {
        for (DerivedResult result : queries.takeMoved()) {
            Audience audience = audiences.find(result);
            if (audience != null) {
                audience.members().forEach(member -> moved(member, result.isAway()));
            }
        }
    }

    private static void moved(Audience.Member member, boolean away) {
        for (Subscription subscription : member.subscriptions) {
            if (subscription.state == Subscription.State.LIVE) {
                if (away) {
                    member.reader().fellBehind(subscription);
                } else {
                    member.reader().caughtUp(subscription);
                }
            }
        }
    }

    private static long rows(List<Commit> commits) {
        long rows = 0;
        for (Commit commit : commits) {
            rows += CommitSize.rows(commit);
        }
        return rows;
    }
}
