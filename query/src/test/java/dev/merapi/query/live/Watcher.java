package dev.merapi.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.live.row.NetChanges;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.testing.sql.SqlQueries;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Somebody who watches a query and follows its rows, as text; may fall behind and catch up. */
final class Watcher {
    private final SqlQueries.Query drawn;
    private final String sql;
    private final List<Integer> parameters;
    private final LiveQuery query;
    private final LiveResult result;
    /** Each row with how often it is there. */
    private final Map<String, Integer> rows = new TreeMap<>();
    /** What is missed while lagging; null while following. */
    private @Nullable NetChanges missed;
    /** The commit up to which {@link #rows} are right. */
    private long position;

    private boolean lagging;

    Watcher(LiveWorld world, SqlQueries.Query drawn, List<Integer> parameters) {
        this.drawn = drawn;
        this.sql = drawn.sql();
        this.parameters = parameters;
        this.query = world.compile(sql, parameters.toArray());
        this.result = world.attach(query);
        List<byte[]> initial = result instanceof DerivedResult derived ? derived.rows() : world.rows(query);
        initial.forEach(row -> add(row, 1));
        position = world.database.offset();
    }

    void leave(LiveWorld world) {
        world.live.detach(result);
    }

    boolean lags() {
        return lagging;
    }

    void toggle(LiveWorld world) {
        if (lagging) {
            catchUp(world);
        } else {
            lagging = true;
            position = world.database.offset();
            missed = result instanceof DerivedResult derived ? derived.newChanges() : null;
        }
    }

    /** Takes in one step what was missed: from the history of commits, or as it was added up. */
    void catchUp(LiveWorld world) {
        if (lagging) {
            apply(missed != null ? missed.toChanges() : world.netChanges(query, position));
            lagging = false;
            missed = null;
        }
    }

    void take(QueryUpdate update) {
        if (update.result() != result) {
            return;
        }
        assertThat(update.ended()).as("%s", sql).isNull();
        if (!lagging) {
            apply(update.changes());
        } else if (missed != null) {
            missed.add(update.changes());
        }
    }

    private void apply(List<RowChange> changes) {
        for (RowChange change : changes) {
            byte[] before = change.before();
            if (before != null) {
                add(before, -1);
            }
            byte[] after = change.after();
            if (after != null) {
                add(after, 1);
            }
        }
    }

    private void add(byte[] row, int times) {
        String text = LiveWorld.show(query, row);
        int count = rows.merge(text, times, Integer::sum);
        assertThat(count).as("how often there is %s in %s", text, sql).isNotNegative();
        rows.remove(text, 0);
    }

    /**
     * Holds the rows against those of the query asked once, now; where the query leaves open an order that shows, of
     * the query that says the order.
     */
    void check(LiveWorld world) {
        Map<String, Integer> fresh = new TreeMap<>();
        List<byte[]> asked = drawn.open() ? world.rows(query) : world.query(sql, parameters.toArray());
        asked.forEach(row -> fresh.merge(LiveWorld.show(query, row), 1, Integer::sum));
        assertThat(rows)
                .as("%s with %s", sql, Arrays.toString(parameters.toArray()))
                .isEqualTo(fresh);
    }
}
