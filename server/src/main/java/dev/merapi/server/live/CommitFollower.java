package dev.merapi.server.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.live.LiveLimits;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.query.live.QueryUpdate;
import dev.merapi.store.Commit;
import dev.merapi.store.Snapshot;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the live queries in step with the commits of the database, each in order and once; what was not queued is read
 * from the log. When commits cannot be had any more it is lost, until a snapshot gives it a new start.
 *
 * <p>Owned by the live thread; only {@link #offset} may be asked by others.
 */
final class CommitFollower {
    private static final Logger LOG = LoggerFactory.getLogger(CommitFollower.class);

    private final String name;
    private final History history;
    private final RecentCommits recent;
    private final Consumer<QueryUpdate> onUpdate;
    private final LongConsumer onCommitEnd;
    private final Runnable onLost;
    /** Null while lost. */
    private @Nullable LiveQueries queries;

    /** Written by the live thread, read by any. */
    private volatile long offset;

    /**
     * @param onUpdate gets each update
     * @param onCommitEnd gets the offset of each commit, behind its updates
     * @param onLost is called when all results have been forgotten
     */
    CommitFollower(
            String name,
            History history,
            RecentCommits recent,
            long offset,
            Consumer<QueryUpdate> onUpdate,
            LongConsumer onCommitEnd,
            Runnable onLost) {
        this.name = name;
        this.history = history;
        this.recent = recent;
        this.offset = offset;
        this.queries = new LiveQueries(LiveLimits.DEFAULT, offset);
        this.onUpdate = onUpdate;
        this.onCommitEnd = onCommitEnd;
        this.onLost = onLost;
    }

    /** The last commit applied. Any thread. */
    long offset() {
        return offset;
    }

    /** The queries, or null while lost. */
    @Nullable
    LiveQueries queries() {
        return queries;
    }

    int resultCount() {
        LiveQueries current = queries;
        return current == null ? 0 : current.resultCount();
    }

    /** Takes the next commit that was queued; those between it and the last one are read first. */
    void follow(Commit commit) {
        LiveQueries current = queries;
        if (current != null && commit.offset() > current.offset() && readTo(commit.offset() - 1)) {
            apply(current, commit);
        }
    }

    /**
     * Applies everything up to an offset.
     *
     * @return false when lost
     */
    boolean readTo(long target) {
        LiveQueries current = queries;
        if (current == null) {
            return false;
        }
        if (current.offset() >= target) {
            return true;
        }
        try (History.Range missing = history.between(current.offset(), target)) {
            while (missing.hasNext()) {
                apply(current, missing.next());
            }
            return true;
        } catch (CodedException e) {
            LOG.warn("live queries of database {} have lost track of the commits: {}", name, e.getMessage());
            lose();
            return false;
        }
    }

    private void apply(LiveQueries current, Commit commit) {
        recent.add(commit);
        for (QueryUpdate update : current.apply(commit)) {
            onUpdate.accept(update);
        }
        onCommitEnd.accept(commit.offset());
        offset = commit.offset();
    }

    /** Forgets all results: they would no longer be right. */
    void lose() {
        queries = null;
        recent.clear();
        onLost.run();
    }

    /** The queries, having applied all the snapshot contains; null when they cannot get there. */
    @Nullable
    LiveQueries at(Snapshot snapshot) {
        if (queries == null) {
            queries = new LiveQueries(LiveLimits.DEFAULT, snapshot.offset());
            offset = snapshot.offset();
        } else {
            readTo(snapshot.offset());
        }
        return queries;
    }
}
