package dev.merapi.server.database;

import dev.merapi.store.Commit;
import java.util.List;

/** Follows the commits of a database. */
public interface CommitListener {
    /**
     * Takes commits that have just become visible, in order, each exactly once. Called on the writer's thread, which
     * must go on: hand over and return.
     */
    void committed(List<Commit> commits);
}
