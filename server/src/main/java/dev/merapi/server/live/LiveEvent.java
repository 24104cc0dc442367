package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.live.LivePlan;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.upkeep.LiveWork;
import dev.merapi.store.Commit;
import dev.merapi.store.Snapshot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What reaches the live stage, in the order in which it happened. */
sealed interface LiveEvent {
    /**
     * Commits that have become visible.
     *
     * @param nanoTime when they did
     */
    record Committed(List<Commit> commits, long rows, long nanoTime) implements LiveEvent {}

    /** A subscription has got its snapshot; all commits up to the snapshot's offset came before. */
    record Snapshotted(Subscription subscription, Snapshot snapshot, Beginning beginning) implements LiveEvent {}

    /** No snapshot could be had for a subscription. */
    record Refused(Subscription subscription, CodedException reason) implements LiveEvent {}

    /** The client has been told everything up to this offset. */
    record CaughtUp(Subscription.Attempt attempt, long offset) implements LiveEvent {}

    /** A subscription cannot be continued where it stands. */
    record Stuck(Subscription.Attempt attempt, CodedException reason) implements LiveEvent {}

    /** A worker has failed for good. */
    record Failed(Subscription.Attempt attempt, CodedException reason) implements LiveEvent {}

    /** A text has been planned, or cannot be, for a reason. */
    record Planned(
            LivePlan.Text text,
            @Nullable LivePlan plan,
            @Nullable CodedException reason) implements LiveEvent {}

    /** There was no room for planning a text: it is to be tried again. */
    record NotPlanned(Planning.Task task) implements LiveEvent {}

    /** The snapshot for work that is due; null when none can be had at the moment. */
    record WorkReady(@Nullable Snapshot snapshot) implements LiveEvent {}

    /**
     * Work of live queries has been done.
     *
     * @param owner the queries it belongs to
     */
    record WorkDone(LiveQueries owner, LiveWork work) implements LiveEvent {}

    /** Work of live queries could not be done. */
    record WorkFailed(LiveQueries owner, LiveWork work, CodedException reason) implements LiveEvent {}

    /** There was no room for some work: it is to be tried again. */
    record WorkPostponed(LiveQueries owner, LiveWork work) implements LiveEvent {}

    /** The client does not want it any more. */
    record Unsubscribed(Subscription subscription) implements LiveEvent {}

    /** A client that was slow has read what waited for it. */
    record Drained(Outlet outlet) implements LiveEvent {}

    /** Somebody wants to know what is kept live. */
    record Asked<T>(Function<Introspection, T> question, CompletableFuture<T> answer) implements LiveEvent {
        void answerBy(Introspection introspection) {
            try {
                answer.complete(question.apply(introspection));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }
    }

    /** A client is gone. */
    record Gone(Outlet outlet) implements LiveEvent {}
}
