package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.live.TableQuery;
import dev.merapi.store.Commit;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one subscription the net difference of the commits it has missed. Runs on a virtual thread of its own.
 */
final class CatchUp implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    /**
     * What is missing.
     *
     * @param from the last commit the client has been told of
     * @param upTo the last commit it will have been told of
     * @param opening for a resumed subscription, what to say before the difference; then even an empty one is sent
     */
    record Gap(long from, long upTo, ServerMessage.@Nullable Subscribed opening) {}

    private final Consumer<LiveEvent> stage;
    private final Subscription.Attempt attempt;
    private final TableQuery query;
    private final History history;
    private final Gap gap;
    private final int messageBytes;
    private long timestampMicros;

    /**
     * @param messageBytes longer differences are sent in parts
     */
    CatchUp(
            Consumer<LiveEvent> stage,
            Subscription.Attempt attempt,
            TableQuery query,
            History history,
            Gap gap,
            int messageBytes) {
        this.stage = stage;
        this.attempt = attempt;
        this.query = query;
        this.history = history;
        this.gap = gap;
        this.messageBytes = messageBytes;
    }

    @Override
    public void run() {
        try {
            if (send(netChanges())) {
                stage.accept(new LiveEvent.CaughtUp(attempt, gap.upTo()));
            }
        } catch (CodedException e) {
            stage.accept(new LiveEvent.Stuck(attempt, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("net difference of a live query could not be computed: {}", query, e);
            CodedException reason = new CodedException(ErrorCode.INTERNAL, "net difference could not be computed")
                    .with("cause", e)
                    .causedBy(e);
            stage.accept(new LiveEvent.Failed(attempt, reason));
        }
    }

    private boolean send(List<RowChange> changes) throws InterruptedException {
        ServerMessage.Subscribed opening = gap.opening();
        if (opening != null && !attempt.send(opening)) {
            return false;
        }
        if (changes.isEmpty() && opening == null) {
            return attempt.isCurrent();
        }
        int id = attempt.subscription().id();
        List<List<RowChange>> parts = Changes.split(changes, messageBytes);
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            ServerMessage part = new ServerMessage.NetUpdate(id, gap.upTo(), timestampMicros, parts.get(i), last);
            if (!attempt.outlet().awaitRoom() || !attempt.send(part)) {
                return false;
            }
        }
        return true;
    }

    private List<RowChange> netChanges() {
        if (gap.from() >= gap.upTo()) {
            return List.of();
        }
        try (History.Range range = history.between(gap.from(), gap.upTo())) {
            Iterator<Commit> notingTime = new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return range.hasNext();
                }

                @Override
                public Commit next() {
                    Commit commit = range.next();
                    timestampMicros = commit.timestampMicros();
                    return commit;
                }
            };
            return Changes.toWire(query.netChanges(notingTime));
        }
    }
}
