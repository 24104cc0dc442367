package dev.merapi.server.database;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.store.Catalog;
import dev.merapi.store.Commit;
import dev.merapi.store.Database;
import dev.merapi.store.Snapshot;
import dev.merapi.store.Transaction;
import dev.merapi.store.log.LogGroup;
import dev.merapi.wire.Confirm;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of one database: the only thread that writes it. It drains its mailbox in batches; each request is a
 * transaction of its own. At the end of a batch, in this order:
 *
 * <ol>
 *   <li>the live stage gets the commits, then readers that asked for a snapshot get one (all of them the same). Because
 *       a snapshot is handed over behind the commits it contains, whoever passes both on in order can join them without
 *       a gap;
 *   <li>the log's thread gets the batch as one group, unless it is still busy with the last one, or nobody waits for
 *       the disk and the group is neither large nor old: then the group stays open and grows, which is what makes one
 *       force serve many transactions;
 *   <li>those who asked only for visibility get their answers. Those who asked for durability get them from the log's
 *       thread.
 * </ol>
 *
 * <p>This thread does no I/O and waits for nobody, with one exception: when more than {@link Limit#UNWRITTEN_BYTES} are
 * on their way to the disk it waits for the log, its mailbox fills, and new requests are refused with BUSY.
 */
public final class DatabaseLoop {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseLoop.class);

    private static final long FOREVER = TimeUnit.HOURS.toNanos(1);

    /** Commits for which nobody waits gather this long before they go to the disk together: each force costs. */
    private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** With more than this the group goes at once. */
    private static final long GATHERED_BYTES = 1 << 20;

    private final String name;
    private final Mailbox<Request> mailbox;
    private final int maxBatch;
    private final long maxUnwrittenBytes;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final CommitListener listener;
    private final LogWriter log;
    private final LongAdder transactions = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final long epoch;
    private volatile long lastOffset;
    private volatile Catalog catalog;
    /** Whether the open group waits for the log to have room. */
    private volatile boolean groupWaits;

    // Below: owned by the thread db-<name>.
    private final Database database;
    private final List<Request> batch = new ArrayList<>();
    private final List<Commit> commits = new ArrayList<>();
    private final List<Request.SnapshotReceiver> readers = new ArrayList<>();
    private final List<Request.Answer<?>> answers = new ArrayList<>();
    /** Answers that wait for the open group, which the log has not taken yet. */
    private List<Request.Answer<?>> awaitingGroup = new ArrayList<>();

    private long openGroupBytes;
    private long openGroupSince;

    DatabaseLoop(
            Database database,
            CommitListener listener,
            LogWriter log,
            InstantSource clock,
            LongSupplier nanoTime,
            ServerLimits limits) {
        this.name = database.name();
        this.database = database;
        this.listener = listener;
        this.log = log;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.mailbox = new Mailbox<>(limits.getInt(Limit.MAILBOX_REQUESTS));
        this.maxBatch = limits.getInt(Limit.BATCH_REQUESTS);
        this.maxUnwrittenBytes = limits.get(Limit.UNWRITTEN_BYTES);
        this.epoch = database.epoch();
        this.lastOffset = database.offset();
        this.catalog = database.catalog();
    }

    /**
     * Any thread. Hands a request over, or refuses it at once.
     *
     * <p>Refusals reach the request's {@code fail}: BUSY when the mailbox is full, SHUTTING_DOWN when the database is
     * closing.
     */
    public void submit(Request request) {
        if (!mailbox.offer(request)) {
            refuse(request);
        }
    }

    /** Any thread. Hands several requests over, in order, each as by {@link #submit(Request)}. */
    public void submit(List<? extends Request> requests) {
        for (int i = mailbox.offerAll(requests); i < requests.size(); i++) {
            refuse(requests.get(i));
        }
    }

    private void refuse(Request request) {
        refusals.increment();
        request.fail(mailbox.isClosed() ? shuttingDown() : busy());
    }

    /** Requests waiting. Any thread. */
    public int mailboxSize() {
        return mailbox.size();
    }

    /** Transactions processed, whether they wrote or not. Any thread. */
    public long transactionCount() {
        return transactions.sum();
    }

    /** Requests refused because the mailbox was full. Any thread. */
    public long refusalCount() {
        return refusals.sum();
    }

    /** The offset of the newest visible commit. Any thread. */
    public long offset() {
        return lastOffset;
    }

    /** The catalog of the newest visible commit. Any thread. */
    Catalog catalog() {
        return catalog;
    }

    /** The epoch of the positions given out while the database is open. Any thread. */
    public long epoch() {
        return epoch;
    }

    /** The body of the thread. Returns when the mailbox was closed and all of it is processed. */
    void run() {
        boolean open = true;
        while (open) {
            try {
                open = mailbox.drainTo(batch, maxBatch, patience());
            } catch (InterruptedException e) {
                LOG.warn("db-{} was interrupted and goes on: it ends by closing its mailbox", name);
                continue;
            }
            for (Request request : batch) {
                process(request);
            }
            batch.clear();
            finishBatch(!open);
        }
    }

    /** How long to wait for requests. */
    private long patience() {
        boolean gathers = openGroupBytes > 0 && !groupWaits;
        return gathers ? openGroupSince + GATHERING_NANOS - nanoTime.getAsLong() : FOREVER;
    }

    void process(Request request) {
        switch (request) {
            case Request.Read read -> readers.add(read.receiver());
            case Request.Write<?> write -> process(write);
        }
    }

    private <T> void process(Request.Write<T> write) {
        try {
            T value;
            do {
                value = runTransaction(write);
            } while (write.work().continues());
            answers.add(new Request.Answer<>(write, value, database.offset()));
        } catch (CodedException e) {
            write.fail(e);
        } catch (RuntimeException | Error e) {
            LOG.error("transaction {} of database {} failed in an unforeseen way", write.cause(), name, e);
            write.fail(new CodedException(ErrorCode.INTERNAL, "transaction failed in an unforeseen way")
                    .with("cause", e)
                    .causedBy(e));
        }
    }

    private <T> T runTransaction(Request.Write<T> write) {
        transactions.increment();
        try (Transaction tx = database.begin(write.caller(), write.cause(), clock.instant())) {
            T value = write.work().run(tx);
            Commit commit = tx.commit();
            if (commit != null) {
                commits.add(commit);
                if (openGroupBytes == 0) {
                    openGroupSince = nanoTime.getAsLong();
                }
                openGroupBytes += CommitSize.bytes(commit);
            }
            return value;
        }
    }

    private void finishBatch(boolean last) {
        if (!commits.isEmpty()) {
            lastOffset = database.offset();
            catalog = database.catalog();
            listener.committed(List.copyOf(commits));
            commits.clear();
        }
        if (!readers.isEmpty()) {
            Snapshot snapshot = database.snapshot();
            for (Request.SnapshotReceiver reader : readers) {
                reader.accept(snapshot);
            }
            readers.clear();
        }
        sortAnswers();
        if (openGroupBytes > 0 || !awaitingGroup.isEmpty()) {
            if (last || openGroupBytes + log.unwrittenBytes() > maxUnwrittenBytes) {
                log.awaitRoom();
            }
            if (last || isGroupDue()) {
                // Said before it is asked: whoever makes room afterwards nudges.
                groupWaits = true;
                if (last || log.hasRoom()) {
                    handGroupOver();
                }
            }
        }
    }

    private boolean isGroupDue() {
        return !awaitingGroup.isEmpty()
                || openGroupBytes >= GATHERED_BYTES
                || nanoTime.getAsLong() - openGroupSince >= GATHERING_NANOS;
    }

    /** Visible is enough for some, and some of what was read is on disk already; the others wait for the log. */
    private void sortAnswers() {
        long durable = log.durableOffset();
        for (Request.Answer<?> answer : answers) {
            boolean isDurable = answer.offset() <= durable;
            if (isDurable || answer.write().confirm() == Confirm.COMMITTED) {
                answer.complete(epoch, isDurable);
            } else {
                awaitingGroup.add(answer);
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).write().completion().flush();
        }
        answers.clear();
    }

    private void handGroupOver() {
        LogGroup group = database.log().seal();
        log.submit(group, awaitingGroup);
        awaitingGroup = new ArrayList<>();
        openGroupBytes = 0;
        groupWaits = false;
    }

    /** Any thread. The log has room again: the open group can go. */
    void nudge() {
        if (groupWaits) {
            mailbox.nudge();
        }
    }

    /** Any thread. Takes no more requests; what was accepted is still processed. */
    void close() {
        mailbox.close();
    }

    private CodedException busy() {
        return new CodedException(ErrorCode.BUSY, "database has too many requests waiting")
                .with("database", name)
                .with("limit", Limit.MAILBOX_REQUESTS.key())
                .hint("try again in a moment");
    }

    private CodedException shuttingDown() {
        return new CodedException(ErrorCode.SHUTTING_DOWN, "database is being closed")
                .with("database", name)
                .hint("connect again in a moment");
    }
}
