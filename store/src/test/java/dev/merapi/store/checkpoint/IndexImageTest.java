package dev.merapi.store.checkpoint;

import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import dev.merapi.store.ConstraintCompiler;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.IndexImage;
import dev.merapi.store.IndexRange;
import dev.merapi.store.RowCursor;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.TableBuilder;
import dev.merapi.store.TableReader;
import dev.merapi.store.TestDatabase;
import dev.merapi.store.log.LogOptions;
import dev.merapi.store.log.MemoryLogStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Indexes that come out of a checkpoint, compared with a search through all rows. */
class IndexImageTest {
    // What images of version 1 depend on.
    private static final int[] HASHES = {386611889, -565439629, 1673147248, 430115114};
    private static final long[] PREFIXES = {123456789L, 2437073242565443584L, -4602678819172646913L, -4L};
    private static final int HASH_OF_TWO = -1524431446;

    private final MemoryLogStorage storage = new MemoryLogStorage(Long.MAX_VALUE);
    private final SplittableRandom random = new SplittableRandom(11);
    private Database database;
    private TableSchema table;
    private long nextId;

    @BeforeEach
    void a_table_with_every_kind_of_index() {
        database = open();
        table = TestDatabase.createTable(
                database,
                TableBuilder.aTable("t")
                        .column("id", I64)
                        .nullable("group", I64)
                        .nullable("name", TEXT)
                        .primaryKey("id")
                        .index("by_group", Kind.HASH, false, "group")
                        .index("by_name", Kind.ORDERED, false, "name", "id")
                        .index("by_group_ordered", Kind.ORDERED, false, "group"));
    }

    @Test
    void restored_indexes_find_what_a_search_finds() {
        for (int rows : new int[] {0, 1, 40, 3000}) {
            insert(rows);
            checkpoint();

            reopen();

            requireIndexesRight();
            insert(20);
            deleteSome(20);
            requireIndexesRight();
        }
    }

    @Test
    void commits_behind_the_checkpoint_keep_restored_indexes_right() {
        insert(2000);
        checkpoint();
        insert(50);
        deleteSome(100);
        updateSome(100);

        reopen();

        assertThat(database.log().recovery().checkpointOffset()).isPositive();
        requireIndexesRight();
    }

    @Test
    void many_commits_behind_the_checkpoint_have_the_indexes_built_anew() {
        insert(10);
        checkpoint();
        insert(15_000);
        deleteSome(5000);

        reopen();

        requireIndexesRight();
    }

    @Test
    void schema_changes_behind_the_checkpoint_keep_restored_indexes_right() {
        insert(500);
        checkpoint();
        IndexDefinition added = new IndexDefinition(0, "later", List.of(2), false, Kind.HASH);
        TestDatabase.commit(database, tx -> tx.createIndex(table.tableId(), added));
        insert(50);
        int dropped = table.index("by_group").orElseThrow().indexId();
        TestDatabase.commit(database, tx -> tx.dropIndex(table.tableId(), dropped, false));
        insert(50);
        table = database.catalog().get(table.tableId());

        reopen();

        requireIndexesRight();
    }

    /**
     * If this fails, images that lie in checkpoints no longer mean what they say: raise {@link IndexImage#VERSION} and
     * then change the numbers here.
     */
    @Test
    void what_images_depend_on_is_as_it_was_in_their_version() {
        RowLayout layout = RowLayout.of(new RowType(List.of(
                new Column("a", I64, false),
                new Column("b", TEXT, true),
                new Column("c", ScalarType.F64, false),
                new Column("d", ScalarType.I32, true))));
        byte[] row = layout.encode(123456789L, "ärger", -0.5, -7);
        int[] hashes = new int[4];
        long[] prefixes = new long[4];
        for (int column = 0; column < 4; column++) {
            RowKey key = new RowKey(layout, column);
            hashes[column] = key.hash(row);
            prefixes[column] = key.prefix(row);
        }

        assertThat(IndexImage.VERSION).isEqualTo(1);
        assertThat(hashes).containsExactly(HASHES);
        assertThat(prefixes).containsExactly(PREFIXES);
        assertThat(new RowKey(layout, 0, 1).hash(row)).isEqualTo(HASH_OF_TWO);
    }

    private void insert(int rows) {
        TestDatabase.commit(database, tx -> {
            for (int i = 0; i < rows; i++) {
                // Some groups are shared by very many rows, some by few; some rows have none.
                Long group = random.nextInt(10) == 0 ? null : (long) random.nextInt(random.nextBoolean() ? 3 : 500);
                String name = random.nextInt(10) == 0 ? null : "name " + random.nextInt(800);
                TestDatabase.insert(tx, table, nextId++ * 7919, group, name);
            }
        });
        write();
    }

    private void deleteSome(int count) {
        List<Long> ids =
                TestDatabase.ids(database.snapshot().table(table.tableId()).scan());
        int step = Math.max(1, ids.size() / count);
        TestDatabase.commit(database, tx -> {
            for (int i = 0; i < ids.size(); i += step) {
                tx.delete(table.tableId(), ids.get(i));
            }
        });
        write();
    }

    private void updateSome(int count) {
        TableReader reader = database.snapshot().table(table.tableId());
        List<Long> ids = TestDatabase.ids(reader.scan());
        TestDatabase.commit(database, tx -> {
            for (int i = 0; i < count; i++) {
                long rowId = ids.get(random.nextInt(ids.size()));
                Object[] values =
                        reader.layout().decode(tx.table(table.tableId()).row(rowId));
                tx.update(table.tableId(), rowId, TestDatabase.row(table, values[0], 7L, values[2]));
            }
        });
        write();
    }

    private void write() {
        var group = database.log().seal();
        if (group != null) {
            database.log().write(group);
        }
    }

    private void checkpoint() {
        write();
        database.log().checkpoint(database.snapshot());
    }

    private void reopen() {
        write();
        List<List<Object>> rows = TestDatabase.rows(database.snapshot(), table);
        database = open();
        assertThat(TestDatabase.rows(database.snapshot(), table)).isEqualTo(rows);
    }

    private void requireIndexesRight() {
        TableReader reader = database.snapshot().table(table.tableId());
        List<byte[]> all = new ArrayList<>();
        for (RowCursor row = reader.scan(); row.next(); ) {
            all.add(row.row());
        }
        for (IndexDefinition index : reader.schema().indexes()) {
            RowKey key = new RowKey(reader.layout(), index.columnArray());
            for (int i = 0; i < all.size(); i += 1 + all.size() / 60) {
                byte[] probe = all.get(i);
                long expected = key.hasNull(probe)
                        ? 0
                        : all.stream().filter(row -> key.equal(row, key, probe)).count();
                assertThat(TestDatabase.ids(reader.lookup(index.indexId(), key.extract(probe))))
                        .as("%s of row %s", index.name(), i)
                        .hasSize((int) expected);
            }
            if (index.kind() == Kind.ORDERED) {
                requireOrdered(reader, index, key, all.size());
            }
        }
    }

    private static void requireOrdered(TableReader reader, IndexDefinition index, RowKey key, int rows) {
        byte[] before = null;
        int count = 0;
        for (RowCursor row = reader.range(index.indexId(), IndexRange.all(), false); row.next(); ) {
            assertThat(before == null || key.compare(before, key, row.row()) <= 0)
                    .isTrue();
            before = row.row();
            count++;
        }
        assertThat(count).isEqualTo(rows);
    }

    private Database open() {
        LogOptions log = LogOptions.defaults(random.split()).withSegmentBytes(1 << 20);
        return Database.open(new DatabaseOptions("test", storage, log, StoreLimits.DEFAULT, ConstraintCompiler.NONE));
    }
}
