package dev.merapi.server.database;

import dev.merapi.store.Commit;
import dev.merapi.store.TableDelta;
import java.util.List;

/** How large a commit is, for limits: in rows, and in bytes of memory and log, roughly. */
public final class CommitSize {
    private static final int COMMIT_OVERHEAD_BYTES = 128;
    private static final int ROW_OVERHEAD_BYTES = 32;

    private CommitSize() {}

    /** Changed rows, and one for the commit itself. */
    public static int rows(Commit commit) {
        long rows = 1;
        for (TableDelta delta : commit.tables()) {
            rows += delta.size();
        }
        return (int) Math.min(rows, Integer.MAX_VALUE);
    }

    /** The same of several. */
    public static long rows(List<Commit> commits) {
        long rows = 0;
        for (int i = 0; i < commits.size(); i++) {
            rows += rows(commits.get(i));
        }
        return rows;
    }

    static long bytes(Commit commit) {
        long bytes = COMMIT_OVERHEAD_BYTES;
        for (TableDelta delta : commit.tables()) {
            for (int i = 0; i < delta.size(); i++) {
                byte[] before = delta.before(i);
                byte[] after = delta.after(i);
                bytes += ROW_OVERHEAD_BYTES;
                bytes += before == null ? 0 : before.length;
                bytes += after == null ? 0 : after.length;
            }
        }
        return bytes;
    }
}
