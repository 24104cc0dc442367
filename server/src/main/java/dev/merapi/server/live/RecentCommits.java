package dev.merapi.server.live;

import dev.merapi.server.database.CommitSize;
import dev.merapi.store.Commit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest commits, for those who have missed a few. Bounded by changed rows. The live thread adds; any thread reads.
 */
final class RecentCommits {
    private final long maxRows;

    // Below: guarded by this.
    private final ArrayDeque<Commit> commits = new ArrayDeque<>();
    private long rows;

    RecentCommits(long maxRows) {
        this.maxRows = maxRows;
    }

    synchronized void add(Commit commit) {
        commits.addLast(commit);
        rows += CommitSize.rows(commit);
        while (rows > maxRows && !commits.isEmpty()) {
            rows -= CommitSize.rows(commits.pollFirst());
        }
    }

    synchronized void clear() {
        commits.clear();
        rows = 0;
    }

    /** The offset behind which all commits up to the newest are here; the largest number when none are. */
    synchronized long coveredFrom() {
        return commits.isEmpty() ? Long.MAX_VALUE : commits.peekFirst().offset() - 1;
    }

    /**
     * The commits after one offset up to another, as far as they are here: perhaps without the oldest of them.
     */
    synchronized List<Commit> between(long after, long upTo) {
        List<Commit> found = new ArrayList<>();
        if (upTo <= after) {
            return found;
        }
        // From the newest backwards: what is asked for is usually at the end.
        var newestFirst = commits.descendingIterator();
        while (newestFirst.hasNext()) {
            Commit commit = newestFirst.next();
            if (commit.offset() <= after) {
                break;
            }
            if (commit.offset() <= upTo) {
                found.add(commit);
            }
        }
        return found.reversed();
    }
}
