package dev.merapi.query.live;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.live.tree.TableChanges;
import dev.merapi.store.Commit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The derived results of one database, by query and by the tables they read. Owned by the live thread. */
final class DerivedResults {
    private final Map<DerivedQuery, DerivedResult> results = new LinkedHashMap<>();
    private final Map<Integer, Set<DerivedResult>> byTable = new HashMap<>();
    /** Those whose rows somebody has to compute. */
    private final Set<DerivedResult> due = new LinkedHashSet<>();

    @Nullable
    DerivedResult find(DerivedQuery query) {
        return results.get(query);
    }

    DerivedResult add(DerivedResult result) {
        results.put(result.query(), result);
        for (TableSchema table : result.query().template().tables()) {
            byTable.computeIfAbsent(table.tableId(), id -> new LinkedHashSet<>())
                    .add(result);
        }
        due.add(result);
        return result;
    }

    void remove(DerivedResult result) {
        results.remove(result.query());
        due.remove(result);
        for (TableSchema table : result.query().template().tables()) {
            byTable.computeIfPresent(table.tableId(), (id, readers) -> {
                readers.remove(result);
                return readers.isEmpty() ? null : readers;
            });
        }
    }

    /** A commit has changed rows of a table. */
    void touch(int tableId, long offset) {
        Set<DerivedResult> readers = byTable.get(tableId);
        if (readers != null) {
            for (DerivedResult result : readers) {
                result.touch(offset);
                due.add(result);
            }
        }
    }

    boolean hasDue() {
        for (DerivedResult result : due) {
            if (result.isDue()) {
                return true;
            }
        }
        return false;
    }

    List<DerivedResult> takeDue() {
        List<DerivedResult> taken = new ArrayList<>();
        for (DerivedResult result : due) {
            if (result.isDue()) {
                result.startRun();
                taken.add(result);
            }
        }
        due.removeIf(result -> !result.isStale() || taken.contains(result));
        return taken;
    }

    void postponed(DerivedResult result) {
        result.abandonRun();
        due.add(result);
    }

    /** The results that a commit's schema changes end, each with the table that is to blame. */
    Map<DerivedResult, TableSchema> broken(Commit commit) {
        Map<DerivedResult, TableSchema> broken = new LinkedHashMap<>();
        for (DerivedResult result : results.values()) {
            for (TableSchema table : result.query().template().tables()) {
                if (TableChanges.breaks(table, commit)) {
                    broken.putIfAbsent(result, table);
                }
            }
        }
        return broken;
    }
}
