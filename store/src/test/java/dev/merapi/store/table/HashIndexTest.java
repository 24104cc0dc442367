package dev.merapi.store.table;

import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.store.TableBuilder.aTable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.api.value.RowKey;
import dev.merapi.store.RowCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HashIndexTest {
    private static final TableShape SHAPE = new TableShape(aTable("t")
            .column("key", I64)
            .column("text", TEXT)
            .index("by_key", Kind.HASH, false, "key")
            .draft());

    private final EpochVector<byte[]> rows = new EpochVector<>();
    private WriteEpoch epoch = WriteEpoch.first();
    private HashIndex index = new HashIndex(SHAPE.index(0), epoch);

    private void insert(long rowId, long key) {
        byte[] row = SHAPE.layout().encode(key, "x");
        rows.set(epoch, rowId, row);
        index.insert(rows, rowId, row);
    }

    private void remove(long rowId) {
        index.remove(rows, rowId, rows.get(rowId));
        rows.remove(epoch, rowId);
    }

    private long count(long key) {
        RowCursor found =
                index.lookup(rows, SHAPE.index(0).keyRowKey(), SHAPE.index(0).keyOf(key));
        long count = 0;
        while (found.next()) {
            count++;
        }
        return count;
    }

    @Test
    void it_grows_and_shrinks_with_its_entries() {
        LongStream.range(0, 100_000).forEach(i -> insert(i, i * 7));
        long grown = index.pageCount();
        LongStream.range(0, 99_900).forEach(this::remove);

        assertThat(grown).isBetween(100_000L / 16, 100_000L / 10);
        assertThat(index.pageCount()).isLessThan(64);
        assertThat(LongStream.range(99_900, 100_000).allMatch(i -> index.find(rows, i * 7) == i))
                .isTrue();
        assertThat(index.find(rows, 7L)).isEqualTo(-1);
    }

    @Test
    void a_key_shared_by_many_rows_gets_a_tree_and_does_not_make_the_table_grow() {
        LongStream.range(0, 50_000).forEach(i -> insert(i, 42));
        insert(50_000, 43);

        assertThat(index.heavyCount()).isEqualTo(1);
        assertThat(index.pageCount()).isLessThan(4);
        assertThat(count(42)).isEqualTo(50_000);
        assertThat(count(43)).isEqualTo(1);
        LongStream.range(0, 49_999).forEach(this::remove);
        assertThat(count(42)).isEqualTo(1);
        remove(49_999);
        assertThat(index.heavyCount()).isZero();
        assertThat(index.find(rows, 42L)).isEqualTo(-1);
    }

    @Test
    void keys_chosen_to_collide_are_all_found_and_told_apart() {
        List<Long> colliding = collidingKeys(40);
        for (int i = 0; i < colliding.size(); i++) {
            insert(2L * i, colliding.get(i));
            insert(2L * i + 1, colliding.get(i));
        }

        assertThat(index.heavyCount()).isEqualTo(1);
        for (int i = 0; i < colliding.size(); i++) {
            assertThat(count(colliding.get(i))).isEqualTo(2);
            assertThat(index.find(rows, (long) colliding.get(i))).isEqualTo(2L * i);
            remove(2L * i);
            assertThat(index.find(rows, (long) colliding.get(i))).isEqualTo(2L * i + 1);
        }
    }

    /** Different numbers with one hash. The mixing can be run backwards, so anybody can make them. */
    private static List<Long> collidingKeys(int wanted) {
        long firstFactor = modularInverse(0x9E3779B97F4A7C15L);
        long secondFactor = modularInverse(0xD6E8FEB86659FD93L);
        int hash = 0x12345678;
        List<Long> keys = new ArrayList<>();
        for (long high = 1; keys.size() < wanted; high++) {
            long product = high << 32 | ((high ^ hash) & 0xffff_ffffL);
            long mixed = product * secondFactor;
            long key = (mixed ^ mixed >>> 32) * firstFactor;
            assertThat(RowKey.hashOfLong(key)).isEqualTo(hash);
            keys.add(key);
        }
        return keys;
    }

    private static long modularInverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    @Test
    void a_fork_does_not_see_what_the_other_goes_on_to_do() {
        LongStream.range(0, 5_000).forEach(i -> insert(i, i));
        LongStream.range(5_000, 5_100).forEach(i -> insert(i, -1));
        HashIndex kept = index;
        EpochVector<byte[]> keptRows = rows.fork();
        epoch = epoch.next();
        index = kept.fork(SHAPE.index(0), epoch);

        LongStream.range(0, 5_100).forEach(this::remove);

        assertThat(LongStream.range(0, 5_000).allMatch(i -> kept.find(keptRows, i) == i))
                .isTrue();
        assertThat(kept.find(keptRows, -1L)).isBetween(5_000L, 5_099L);
        assertThat(index.find(rows, 1L)).isEqualTo(-1);
        assertThat(index.pageCount()).isEqualTo(1);
    }
}
