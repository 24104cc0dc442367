package dev.merapi.server.database;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.store.log.CommitLog;
import dev.merapi.store.log.LogGroup;
import dev.merapi.store.log.LogState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread behind the writer that waits for the disk: writes groups in order, forces each, and tells those who waited
 * for it.
 *
 * <p>When the disk is full nothing is lost: the log keeps its group, the writer accepts no new transactions, and this
 * thread tries again every second. When the log has failed, those who wait are told so, and nothing is ever written
 * again until the database is opened anew.
 */
public final class LogWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    /** One group is being written, one waits: the disk never idles, and the open group gathers as long as it can. */
    private static final int MAX_GROUPS = 2;

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long FOREVER = TimeUnit.HOURS.toNanos(1);

    private record Item(@Nullable LogGroup group, List<Request.Answer<?>> waiting, long deadlineNanos) {}

    private final String name;
    private final CommitLog log;
    private final long epoch;
    private final LongSupplier nanoTime;
    private final long durableTimeoutNanos;
    private final Mailbox<Item> mailbox = new Mailbox<>(Integer.MAX_VALUE);
    private final AtomicInteger groups = new AtomicInteger();
    private final AtomicLong unwrittenBytes = new AtomicLong();
    private volatile Runnable roomListener = () -> {};
    private volatile Runnable writeListener = () -> {};

    // Below: owned by the thread log-<name>.
    private final List<Item> arrived = new ArrayList<>();
    /** Groups the log has not taken yet; waits for their offsets are in {@link #waiting}. */
    private final Deque<LogGroup> backlog = new ArrayDeque<>();

    private final Deque<Item> waiting = new ArrayDeque<>();

    LogWriter(String name, CommitLog log, long epoch, LongSupplier nanoTime, ServerLimits limits) {
        this.name = name;
        this.log = log;
        this.epoch = epoch;
        this.nanoTime = nanoTime;
        this.durableTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(limits.get(Limit.DURABLE_MILLIS));
    }

    /** Before the threads start: who is to be told that there is room, and that something was written. */
    void listen(Runnable onRoom, Runnable onWrite) {
        roomListener = onRoom;
        writeListener = onWrite;
    }

    /** Everything up to here is on disk. Any thread. */
    public long durableOffset() {
        return log.durableOffset();
    }

    /** Whether the log takes writes. Any thread. */
    public LogState state() {
        return log.state();
    }

    /** Bytes handed over and not yet on disk. Any thread. */
    public long unwrittenBytes() {
        return unwrittenBytes.get();
    }

    /** Writer's thread. Whether a group would soon be written. */
    boolean hasRoom() {
        return groups.get() < MAX_GROUPS;
    }

    /** Writer's thread. Waits until there is room, or until there is none to wait for. */
    void awaitRoom() {
        while (!hasRoom() && log.state() == LogState.OPEN) {
            LockSupport.parkNanos(this, PARK_NANOS);
        }
    }

    /** Writer's thread. Takes a group (null: nothing new) and those who wait for it or for an earlier one. */
    void submit(@Nullable LogGroup group, List<Request.Answer<?>> answers) {
        if (group != null) {
            groups.incrementAndGet();
            unwrittenBytes.addAndGet(group.sizeBytes());
        }
        mailbox.force(new Item(group, answers, nanoTime.getAsLong() + durableTimeoutNanos));
    }

    /** Writer's thread, as its last act. What was submitted is still written. */
    void close() {
        mailbox.close();
    }

    /** The body of the thread. Returns when closed and all is written, or cannot be. */
    void run() {
        boolean open = true;
        while (open) {
            try {
                open = mailbox.drainTo(
                        arrived, Integer.MAX_VALUE, log.state() == LogState.FULL ? RETRY_NANOS : FOREVER);
            } catch (InterruptedException e) {
                LOG.warn("log-{} was interrupted and goes on: it ends by being closed", name);
                continue;
            }
            for (Item item : arrived) {
                if (item.group() != null) {
                    backlog.add(item.group());
                }
                if (!item.waiting().isEmpty()) {
                    waiting.add(item);
                }
            }
            arrived.clear();
            writeBacklog();
            answerWaiting();
        }
        failWaiting(
                Long.MAX_VALUE,
                new CodedException(ErrorCode.SHUTTING_DOWN, "database was closed before the disk answered"));
    }

    private void writeBacklog() {
        try {
            if (log.state() == LogState.FULL && !log.retry()) {
                return;
            }
            while (!backlog.isEmpty()) {
                LogGroup group = backlog.poll();
                long bytes = group.sizeBytes();
                try {
                    // A full log keeps the group it could not write, so it is ours no more in any case.
                    log.write(group);
                } finally {
                    unwrittenBytes.addAndGet(-bytes);
                    groups.decrementAndGet();
                }
                answerWaiting();
                roomListener.run();
            }
            writeListener.run();
        } catch (CodedException e) {
            if (log.state() == LogState.FULL) {
                LOG.warn(
                        "log of database {} is full, writes are refused until there is room: {}", name, e.getMessage());
            } else {
                LOG.error("log of database {} has failed, writes are refused until it is opened again", name, e);
                dropBacklog();
                failWaiting(Long.MAX_VALUE, e);
            }
            roomListener.run();
        }
    }

    private void dropBacklog() {
        for (LogGroup group : backlog) {
            unwrittenBytes.addAndGet(-group.sizeBytes());
            groups.decrementAndGet();
        }
        backlog.clear();
    }

    private void answerWaiting() {
        long durable = log.durableOffset();
        while (!waiting.isEmpty() && lastOffset(waiting.peek()) <= durable) {
            List<Request.Answer<?>> answers = waiting.poll().waiting();
            answers.forEach(answer -> answer.complete(epoch, true));
            answers.forEach(answer -> answer.write().completion().flush());
        }
        if (!waiting.isEmpty() && log.state() == LogState.FULL) {
            failWaiting(
                    nanoTime.getAsLong(),
                    new CodedException(ErrorCode.LOG_FULL, "commit is visible but not yet on disk, which is full")
                            .with("database", name)
                            .hint("it will be on disk once there is room; do not repeat it"));
        } else if (log.state() == LogState.FAILED) {
            failWaiting(
                    Long.MAX_VALUE,
                    new CodedException(ErrorCode.LOG_FAILED, "commit is visible but may not be on disk")
                            .with("database", name)
                            .hint("the server has to be restarted; look whether the change is there before repeating"
                                    + " it"));
        }
    }

    private void failWaiting(long nowNanos, CodedException reason) {
        while (!waiting.isEmpty()
                && (nowNanos == Long.MAX_VALUE || waiting.peek().deadlineNanos() - nowNanos <= 0)) {
            for (Request.Answer<?> answer : waiting.poll().waiting()) {
                answer.write().fail(reason);
            }
        }
    }

    private static long lastOffset(Item item) {
        return item.waiting().getLast().offset();
    }
}
