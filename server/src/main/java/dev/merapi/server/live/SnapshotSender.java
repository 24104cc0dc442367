package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.wire.Position;
import dev.merapi.wire.ServerMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the initial rows of one subscription, batch by batch, as the client asks for them and reads them. Runs on a
 * virtual thread of its own.
 */
final class SnapshotSender implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotSender.class);

    private final Consumer<LiveEvent> stage;
    private final Subscription.Attempt attempt;
    private final Subscription subscription;
    private final Supplier<Iterator<byte[]>> rows;
    private final Position position;
    private final int batchRows;
    private final int batchBytes;
    private final long idleMillis;
    /** As many as the last batch had, and one. */
    private int expectedRows = 16;

    SnapshotSender(
            Consumer<LiveEvent> stage,
            Subscription.Attempt attempt,
            Supplier<Iterator<byte[]>> rows,
            Position position,
            ServerLimits limits) {
        this.stage = stage;
        this.attempt = attempt;
        this.subscription = attempt.subscription();
        this.rows = rows;
        this.position = position;
        int maxRows = limits.getInt(Limit.BATCH_ROWS);
        int wanted = subscription.options().batchSize();
        this.batchRows = wanted == 0 ? maxRows : Math.min(wanted, maxRows);
        this.batchBytes = limits.getInt(Limit.MESSAGE_BYTES);
        this.idleMillis = limits.get(Limit.SNAPSHOT_IDLE_MILLIS);
    }

    @Override
    public void run() {
        try {
            if (sendAll()) {
                stage.accept(new LiveEvent.CaughtUp(attempt, position.offset()));
            }
        } catch (CodedException e) {
            stage.accept(new LiveEvent.Stuck(attempt, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("initial rows of a live query could not be read: {}", attempt.query(), e);
            CodedException reason = new CodedException(ErrorCode.INTERNAL, "initial rows could not be read")
                    .with("cause", e)
                    .causedBy(e);
            stage.accept(new LiveEvent.Failed(attempt, reason));
        }
    }

    private boolean sendAll() throws InterruptedException {
        Iterator<byte[]> initial = rows.get();
        boolean hasMore = true;
        while (hasMore) {
            if (!attempt.awaitCredit(idleMillis)) {
                stage.accept(new LiveEvent.Failed(attempt, notFetched()));
                return false;
            }
            if (!subscription.outlet().awaitRoom()) {
                return false;
            }
            List<byte[]> batch = nextBatch(initial);
            hasMore = initial.hasNext();
            if (!attempt.send(new ServerMessage.Batch(subscription.id(), batch, hasMore, position))) {
                return false;
            }
        }
        return true;
    }

    private List<byte[]> nextBatch(Iterator<byte[]> initial) {
        List<byte[]> batch = new ArrayList<>(expectedRows);
        long bytes = 0;
        while (initial.hasNext() && batch.size() < batchRows && bytes < batchBytes) {
            byte[] row = initial.next();
            batch.add(row);
            bytes += row.length + Integer.BYTES;
        }
        expectedRows = batch.size() + 1;
        return batch;
    }

    private CodedException notFetched() {
        return new CodedException(ErrorCode.SUBSCRIPTION_LAGGED, "initial rows were not fetched in time")
                .with("limitMillis", idleMillis)
                .hint("ask for the next batch sooner, or subscribe again");
    }
}
