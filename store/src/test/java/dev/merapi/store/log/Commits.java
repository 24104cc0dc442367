package dev.merapi.store.log;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.store.Caller;
import dev.merapi.store.Commit;
import dev.merapi.store.SchemaChange;
import dev.merapi.store.SequenceChange;
import dev.merapi.store.TableDelta;
import dev.merapi.testing.property.Draw;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Commits for tests of the log, to which rows are only bytes. */
final class Commits {
    /** notes(id integer primary key, body text). */
    static final TableSchema NOTES = table(1, "notes");

    private Commits() {}

    static TableSchema table(int tableId, String name) {
        return new TableSchema(
                tableId,
                new TableName("public", name),
                List.of(
                        new ColumnDefinition(new Column("id", ScalarType.I32, false), null, true),
                        new ColumnDefinition(new Column("body", ScalarType.TEXT, true), null, false)),
                new PrimaryKey(name + "_pkey", tableId + 1),
                List.of(new IndexDefinition(tableId + 1, name + "_pkey", List.of(0), true, IndexDefinition.Kind.HASH)),
                List.of(),
                List.of(),
                1);
    }

    static byte[] row(int id, String body) {
        return RowLayout.of(NOTES.rowType()).encode(id, body);
    }

    /** The commit that creates {@link #NOTES}; every history begins with it. */
    static Commit createNotes() {
        return new Commit(
                1, 1_000, Caller.SYSTEM, "sql", List.of(new SchemaChange.TableCreated(NOTES)), List.of(), List.of());
    }

    /** Inserts one row whose id is the offset. */
    static Commit insert(long offset) {
        return insert(offset, "note " + offset);
    }

    static Commit insert(long offset, String body) {
        TableDelta delta = TableDelta.of(NOTES, new long[] {offset}, new byte[][] {null, row((int) offset, body)});
        return new Commit(
                offset,
                1_000 * offset,
                new Caller("ann", Map.of("role", "editor")),
                "sql",
                List.of(),
                List.of(delta),
                List.of());
    }

    /** The first n commits of a history: the table, then one row each. */
    static List<Commit> history(int n) {
        List<Commit> commits = new ArrayList<>();
        commits.add(createNotes());
        for (int offset = 2; offset <= n; offset++) {
            commits.add(insert(offset));
        }
        return commits;
    }

    /** Any commit on tables that exist, or one that makes another one. */
    static Commit random(Draw draw, long offset, SortedMap<Integer, TableSchema> tables) {
        List<SchemaChange> changes = new ArrayList<>();
        if (tables.isEmpty() || draw.oneIn(10)) {
            int id = tables.isEmpty() ? 1 : tables.lastKey() + 2;
            TableSchema table = table(id, "t" + id);
            tables.put(id, table);
            changes.add(new SchemaChange.TableCreated(table));
        }
        List<TableDelta> deltas = new ArrayList<>();
        for (TableSchema table : tables.values()) {
            if (draw.bool()) {
                deltas.add(delta(draw, table));
            }
        }
        List<SequenceChange> sequences = draw.oneIn(4)
                ? List.of(new SequenceChange(tables.firstKey(), 0, draw.longBetween(Long.MIN_VALUE, Long.MAX_VALUE)))
                : List.of();
        Caller caller = draw.bool() ? Caller.ANONYMOUS : new Caller("user " + draw.intBetween(0, 3), Map.of("a", "ä"));
        return new Commit(
                offset,
                draw.longBetween(Long.MIN_VALUE, Long.MAX_VALUE),
                caller,
                draw.pick(List.of("sql", "", "réducer")),
                changes,
                deltas,
                sequences);
    }

    private static TableDelta delta(Draw draw, TableSchema table) {
        int size = draw.intBetween(1, 5);
        long[] rowIds = new long[size];
        byte[][] images = new byte[2 * size][];
        long rowId = draw.longBetween(0, 1L << 40);
        for (int i = 0; i < size; i++) {
            rowIds[i] = rowId;
            rowId += 1 + draw.longBetween(0, 1000);
            int kind = draw.intBetween(1, 3);
            images[2 * i] = (kind & 1) == 0 ? null : bytes(draw);
            images[2 * i + 1] = (kind & 2) == 0 ? null : bytes(draw);
        }
        return TableDelta.of(table, rowIds, images);
    }

    private static byte[] bytes(Draw draw) {
        byte[] bytes = new byte[draw.intBetween(0, draw.oneIn(20) ? 5_000 : 60)];
        for (int i = 0; i < bytes.length; i += 7) {
            bytes[i] = (byte) draw.intBetween(-128, 127);
        }
        return bytes;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
