package dev.merapi.query.live.row;

import dev.merapi.api.value.RowKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one derived result, known or not yet, and what tells it from others of its template.
 *
 * <p>The live thread alone alters it. Work on the result that is under way elsewhere may read what was known when it
 * began, because until that work has come back nobody alters it.
 */
public final class ResultRows {
    private final long id;
    private final List<@Nullable Object> parameters;
    private final @Nullable RowKey key;
    private @Nullable RowBag bag;

    /**
     * @param key of the rows, or null when they have none
     */
    public ResultRows(long id, List<@Nullable Object> parameters, @Nullable RowKey key) {
        this.id = id;
        this.parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
        this.key = key;
    }

    public long id() {
        return id;
    }

    public List<@Nullable Object> parameters() {
        return parameters;
    }

    /** False before the rows have come for the first time. */
    public boolean known() {
        return bag != null;
    }

    /** The number of rows, 0 before they are known. */
    public int size() {
        return bag == null ? 0 : bag.size();
    }

    /** About how much memory they take, 0 before they are known. */
    public long bytes() {
        return bag == null ? 0 : bag.bytes();
    }

    /** A list of the caller's own. */
    public List<byte[]> toList() {
        return require().toList();
    }

    /** An empty sum of changes of these rows. */
    public NetChanges newChanges() {
        return new NetChanges(key);
    }

    /** What has to be done to the known rows for them to become others. */
    public NetChanges differenceTo(List<byte[]> others) {
        NetChanges changes = newChanges();
        require().difference(others, changes::add);
        return changes;
    }

    /** The rows have come, or others take their place. */
    public void set(RowBag rows) {
        bag = rows;
    }

    /** The rows have changed. */
    public void change(List<RowChange> changes) {
        RowBag rows = require();
        for (RowChange change : changes) {
            byte[] before = change.before();
            if (before != null) {
                rows.add(before, -1);
            }
            byte[] after = change.after();
            if (after != null) {
                rows.add(after, 1);
            }
        }
    }

    private RowBag require() {
        RowBag rows = bag;
        if (rows == null) {
            throw new IllegalStateException("rows of a live result are asked for before they are known");
        }
        return rows;
    }
}
