package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.store.Commit;
import dev.merapi.store.log.CommitLog;
import dev.merapi.store.log.CommitReader;
import dev.merapi.store.log.LogState;
import dev.merapi.wire.Position;
import dev.merapi.wire.Start.ResetReason;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The commits of the past: the newest from memory, older ones from the log. Any thread may read; reading the log waits
 * for the disk.
 */
final class History {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final CommitLog log;
    private final RecentCommits recent;

    History(CommitLog log, RecentCommits recent) {
        this.log = log;
        this.recent = recent;
    }

    /** Why nobody can resume at this position, or empty when one can, as far as the log can tell before it is read. */
    Optional<ResetReason> obstacle(Position from, long lastOffset) {
        if (!log.isResumable(from.epoch(), from.offset())) {
            boolean ahead = from.epoch() == log.epoch() && from.offset() > lastOffset;
            return Optional.of(ahead ? ResetReason.POSITION_AHEAD : ResetReason.OTHER_EPOCH);
        }
        if (from.offset() < log.oldestOffset() && from.offset() < recent.coveredFrom()) {
            return Optional.of(ResetReason.HISTORY_TRUNCATED);
        }
        return Optional.empty();
    }

    /**
     * The commits after one offset up to another, all of them.
     *
     * @throws CodedException HISTORY_TRUNCATED, here or while reading, when they are no longer kept
     */
    Range between(long after, long upTo) {
        List<Commit> newest = recent.between(after, upTo);
        long upToInLog = newest.isEmpty() ? upTo : newest.getFirst().offset() - 1;
        CommitReader reader = upToInLog > after ? log.read(after) : null;
        return new Range(reader, upToInLog, newest.iterator());
    }

    /** Commits in order; closed by whoever asked for them. */
    final class Range implements Iterator<Commit>, AutoCloseable {
        private final @Nullable CommitReader reader;
        private final long upToInLog;
        private final Iterator<Commit> newest;
        private boolean logDone;

        private Range(@Nullable CommitReader reader, long upToInLog, Iterator<Commit> newest) {
            this.reader = reader;
            this.upToInLog = upToInLog;
            this.newest = newest;
            this.logDone = reader == null;
        }

        @Override
        public boolean hasNext() {
            return !logDone || newest.hasNext();
        }

        @Override
        public Commit next() {
            if (logDone || reader == null) {
                return newest.next();
            }
            Commit commit = nextWritten(reader);
            logDone = commit.offset() >= upToInLog;
            return commit;
        }

        /** A commit that is visible may not be written yet, but will be soon, unless the log is broken. */
        private Commit nextWritten(CommitReader source) {
            while (true) {
                Commit commit = source.next();
                if (commit != null) {
                    return commit;
                }
                if (log.state() != LogState.OPEN) {
                    throw new CodedException(ErrorCode.HISTORY_TRUNCATED, "commits were not written to the log")
                            .with("upTo", upToInLog);
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new NoSuchElementException("interrupted while waiting for the log");
                }
                LockSupport.parkNanos(this, POLL_NANOS);
            }
        }

        @Override
        public void close() {
            if (reader != null) {
                reader.close();
            }
        }
    }
}
