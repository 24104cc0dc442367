package dev.merapi.query.live;

import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowKey;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.live.tree.TableChanges;
import dev.merapi.store.ReadView;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows a live query starts with, by an index on its equality columns where there is one, else by a scan. */
final class InitialRows implements Iterator<byte[]> {
    private final TableQuery query;
    private final EvalContext context;
    private final RowCursor cursor;
    private byte @Nullable [] next;

    private InitialRows(TableQuery query, RowCursor cursor) {
        this.query = query;
        this.context = query.newContext();
        this.cursor = cursor;
        advance();
    }

    static Iterator<byte[]> all(TableQuery query, ReadView view) {
        TableReader table = table(query, view);
        List<Found> found = byIndex(query, table);
        if (found == null) {
            return new InitialRows(query, table.scan());
        }
        return project(query, found).iterator();
    }

    static List<byte[]> last(TableQuery query, ReadView view, int count) {
        TableReader table = table(query, view);
        List<Found> found = byIndex(query, table);
        if (found != null) {
            return project(query, found.subList(Math.max(0, found.size() - count), found.size()));
        }
        List<byte[]> rows = new ArrayList<>();
        Iterator<byte[]> backward = new InitialRows(query, table.scanBackward());
        while (rows.size() < count && backward.hasNext()) {
            rows.add(backward.next());
        }
        Collections.reverse(rows);
        return rows;
    }

    private static TableReader table(TableQuery query, ReadView view) {
        TableSchema compiledFor = query.template().table();
        TableChanges.requireUnchanged(compiledFor, view);
        return view.table(compiledFor.tableId());
    }

    private record Found(long rowId, byte[] row) {}

    /** The matching rows in row-id order, or null when no index serves the equality columns. */
    private static @Nullable List<Found> byIndex(TableQuery query, TableReader table) {
        byte[] key = query.key();
        RowKey tableKey = query.template().key();
        if (key == null || tableKey == null) {
            return null;
        }
        List<Integer> keyColumns = new ArrayList<>();
        for (int column : query.template().keyColumns()) {
            keyColumns.add(column);
        }
        Optional<IndexDefinition> index = table.schema().indexes().stream()
                .filter(candidate -> keyColumns.containsAll(candidate.columns()))
                .max(Comparator.comparingInt(InitialRows::selectivity));
        if (index.isEmpty()) {
            return null;
        }
        int[] positions =
                index.get().columns().stream().mapToInt(keyColumns::indexOf).toArray();
        byte[] indexKey = new RowKey(tableKey.keyLayout(), positions).extract(key);
        EvalContext context = query.newContext();
        List<Found> found = new ArrayList<>();
        for (RowCursor cursor = table.lookup(index.get().indexId(), indexKey); cursor.next(); ) {
            if (query.matches(cursor.row(), context)) {
                found.add(new Found(cursor.rowId(), cursor.row()));
            }
        }
        found.sort(Comparator.comparingLong(Found::rowId));
        return found;
    }

    /** A unique index finds one row; otherwise more columns find fewer rows. */
    private static int selectivity(IndexDefinition index) {
        return (index.unique() ? 1000 : 0) + index.columns().size();
    }

    private static List<byte[]> project(TableQuery query, List<Found> found) {
        EvalContext context = query.newContext();
        List<byte[]> rows = new ArrayList<>(found.size());
        for (Found one : found) {
            rows.add(query.template().projection().project(one.row(), context));
        }
        return rows;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public byte[] next() {
        byte[] row = next;
        if (row == null) {
            throw new NoSuchElementException();
        }
        advance();
        return row;
    }

    private void advance() {
        next = null;
        while (cursor.next()) {
            if (query.matches(cursor.row(), context)) {
                next = query.template().projection().project(cursor.row(), context);
                return;
            }
        }
    }
}
