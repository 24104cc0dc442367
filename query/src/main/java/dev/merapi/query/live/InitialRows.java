package dev.merapi.query.live;

import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowKey;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.live.condition.Alternative;
import dev.merapi.query.live.index.KeyColumns;
import dev.merapi.query.live.index.Selection;
import dev.merapi.query.live.tree.TableChanges;
import dev.merapi.store.ReadView;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
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

    /** The matching rows in row-id order, or null when no index serves the equality columns of some alternative. */
    private static @Nullable List<Found> byIndex(TableQuery query, TableReader table) {
        EvalContext context = query.newContext();
        Map<Long, Found> found = new TreeMap<>();
        List<Alternative> alternatives = query.template().alternatives();
        for (int i = 0; i < alternatives.size(); i++) {
            Selection selection = query.selection(i);
            if (selection == null) {
                continue;
            }
            KeyColumns keys = alternatives.get(i).keys();
            IndexDefinition index = keys == null ? null : index(table, keys);
            if (keys == null || index == null) {
                return null;
            }
            RowKey indexKey = new RowKey(keys.keyLayout(), positions(index, keys));
            for (int k = 0; k < selection.keyCount(); k++) {
                RowCursor cursor = table.lookup(index.indexId(), indexKey.extract(selection.key(k)));
                while (cursor.next()) {
                    if (query.matches(cursor.row(), context)) {
                        found.put(cursor.rowId(), new Found(cursor.rowId(), cursor.row()));
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static @Nullable IndexDefinition index(TableReader table, KeyColumns keys) {
        List<Integer> columns = Arrays.stream(keys.columns()).boxed().toList();
        return table.schema().indexes().stream()
                .filter(candidate -> columns.containsAll(candidate.columns()))
                .max(Comparator.comparingInt(InitialRows::selectivity))
                .orElse(null);
    }

    /** Where in the key the columns of the index are. */
    private static int[] positions(IndexDefinition index, KeyColumns keys) {
        List<Integer> columns = Arrays.stream(keys.columns()).boxed().toList();
        return index.columns().stream().mapToInt(columns::indexOf).toArray();
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
