package dev.merapi.client.internal.live;

import dev.merapi.api.value.RowKey;
import dev.merapi.client.row.Columns;
import dev.merapi.client.row.Row;
import dev.merapi.wire.RowChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Rows of a query without ORDER BY. They keep the place at which they came; an update keeps it too. A row whose key is
 * known takes the place of the one that is there, however it comes.
 *
 * <p>With a limit only the newest rows are shown, and only some more than that are kept, so that a row that leaves is
 * replaced from those; when they run out, {@link #wantsReload} asks for the newest rows anew. Rows older than those
 * kept are not known here: changes of them are ignored.
 */
final class ArrivalMaterialiser implements Materialiser {
    private final Columns columns;
    private final RowPool pool;
    private final boolean keysAreDeclared;
    private final Window window;
    private final OptionalInt limit;
    private boolean knowsAllRows;
    private boolean mayReload;

    /**
     * @param window what of the result is asked for
     * @param key indexes of the columns that identify a row; empty: all bytes do
     * @param keyIsDeclared whether the key was named by the application, which may be wrong about it
     */
    ArrivalMaterialiser(Columns columns, Window window, int[] key, boolean keyIsDeclared) {
        this.columns = columns;
        this.window = window;
        this.limit = window.limit();
        this.keysAreDeclared = keyIsDeclared;
        RowIdentity identity =
                key.length == 0 ? new RowIdentity.ByBytes() : new RowIdentity.ByKey(new RowKey(columns.layout(), key));
        this.pool = new RowPool(identity);
        this.knowsAllRows = window.equals(Window.ALL);
        this.mayReload = window.beginsWithLimit();
    }

    @Override
    public Columns columns() {
        return columns;
    }

    @Override
    public void load(List<byte[]> rows) {
        for (byte[] bytes : rows) {
            upsert(columns.checkedRow(bytes));
        }
        trim();
    }

    @Override
    public void load(Iterable<Row> rows) {
        for (Row row : rows) {
            upsert(row);
        }
        trim();
    }

    @Override
    public void loaded(OptionalInt asked, long received) {
        knowsAllRows = asked.isEmpty() || received < asked.getAsInt();
        if (limit.isPresent() && pool.size() < limit.getAsInt()) {
            // A declared key merged rows: asking again would bring the same ones.
            mayReload = false;
        }
    }

    @Override
    public Outcome apply(List<RowChange> changes) {
        if (changes.isEmpty()) {
            return Outcome.UNCHANGED;
        }
        // Two passes: a commit may exchange the keys of two rows, so every old key goes before a new one comes.
        List<Moved> moved = new ArrayList<>();
        boolean consistent = true;
        for (RowChange change : changes) {
            switch (change) {
                case RowChange.Delete delete -> consistent &= delete(delete.row());
                case RowChange.Update update -> consistent &= take(update, moved);
                case RowChange.Insert insert -> {}
            }
        }
        for (Moved m : moved) {
            put(m.entry(), m.row());
        }
        for (RowChange change : changes) {
            if (change instanceof RowChange.Insert insert) {
                upsert(columns.checkedRow(insert.row()));
            }
        }
        trim();
        return consistent ? Outcome.CHANGED : Outcome.CONTRADICTION;
    }

    @Override
    public List<Row> visible() {
        return Arrays.asList(pool.newest(limit.orElse(Integer.MAX_VALUE)));
    }

    @Override
    public boolean wantsReload() {
        return mayReload && !knowsAllRows && limit.isPresent() && pool.size() < limit.getAsInt();
    }

    private record Moved(RowPool.Entry entry, Row row) {}

    private boolean delete(byte[] row) {
        RowPool.Entry entry = pool.find(row);
        if (entry == null) {
            return !knowsAllRows || keysAreDeclared;
        }
        // With a key that does not tell all rows apart, the row shown may be another one that came later: it stays.
        if (!keysAreDeclared || Arrays.equals(entry.row().bytes(), row)) {
            pool.remove(entry);
        }
        return true;
    }

    private boolean take(RowChange.Update update, List<Moved> moved) {
        RowPool.Entry entry = pool.find(update.before());
        Row after = columns.checkedRow(update.after());
        if (entry != null) {
            pool.unindex(entry);
            moved.add(new Moved(entry, after));
            return true;
        }
        if (knowsAllRows && !keysAreDeclared) {
            return false;
        }
        // With a limit, the row is older than those kept. Without, it is one the application did not ask to begin with.
        if (limit.isEmpty() || knowsAllRows) {
            upsert(after);
        }
        return true;
    }

    private void put(RowPool.Entry entry, Row row) {
        RowPool.Entry other = pool.find(row.bytes());
        if (other != null && isKeyed()) {
            pool.remove(other);
        }
        pool.index(entry, row);
    }

    private void upsert(Row row) {
        RowPool.Entry entry = isKeyed() ? pool.find(row.bytes()) : null;
        if (entry == null) {
            pool.append(row);
        } else {
            pool.replace(entry, row);
        }
    }

    private boolean isKeyed() {
        return pool.identity() instanceof RowIdentity.ByKey;
    }

    private void trim() {
        if (limit.isEmpty()) {
            return;
        }
        int slack = window.slack();
        if (pool.size() > limit.getAsInt() + 2 * slack) {
            pool.removeOldest(pool.size() - limit.getAsInt() - slack);
            knowsAllRows = false;
            mayReload = true;
        }
    }
}
