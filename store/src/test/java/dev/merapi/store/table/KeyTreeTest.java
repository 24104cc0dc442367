package dev.merapi.store.table;

import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.store.TableBuilder.aTable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.IndexDefinition.Kind;
import dev.merapi.store.RowCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyTreeTest {
    private static final TableShape SHAPE = new TableShape(aTable("t")
            .column("key", I64)
            .index("by_key", Kind.ORDERED, false, "key")
            .draft());

    private final EpochVector<byte[]> rows = new EpochVector<>();
    private WriteEpoch epoch = WriteEpoch.first();
    private KeyTree tree = new KeyTree();

    private void insert(long rowId, long key) {
        byte[] row = SHAPE.layout().encode(key);
        rows.set(epoch, rowId, row);
        tree.insert(epoch, KeyProbe.entry(SHAPE.index(0), row, rowId), rows);
    }

    private boolean remove(long rowId, long key) {
        return tree.remove(epoch, KeyProbe.entry(SHAPE.index(0), SHAPE.layout().encode(key), rowId), rows);
    }

    private List<Long> ids(boolean ascending) {
        List<Long> ids = new ArrayList<>();
        for (RowCursor cursor = new KeyTreeCursor(tree, rows, ascending); cursor.next(); ) {
            ids.add(cursor.rowId());
        }
        return ids;
    }

    /** Checks what holds for every node and returns the number of leaves. */
    private static int checkNodes(KeyTree.Node node) {
        assertThat(node.count).isBetween(1, KeyTree.CAPACITY);
        if (node.children == null) {
            return 1;
        }
        int leaves = 0;
        for (int i = 0; i < node.count; i++) {
            KeyTree.Node child = node.children[i];
            assertThat(node.prefixes[i]).isEqualTo(child.prefixes[0]);
            assertThat(node.rowIds[i]).isEqualTo(child.rowIds[0]);
            leaves += checkNodes(child);
        }
        assertThat(Arrays.stream(node.children, node.count, KeyTree.CAPACITY)).allMatch(child -> child == null);
        return leaves;
    }

    @Test
    void keys_in_ascending_order_fill_its_leaves() {
        for (long i = 0; i < 100_000; i++) {
            insert(i, i);
        }

        assertThat(checkNodes(tree.root())).isEqualTo((100_000 + 63) / 64);
        assertThat(ids(true)).hasSize(100_000).isSorted();
    }

    @Test
    void random_inserts_and_removals_keep_it_in_order_and_not_too_empty() {
        SplittableRandom random = new SplittableRandom(7);
        NavigableSet<Long> expected = new TreeSet<>();
        for (long i = 0; i < 60_000; i++) {
            long key = random.nextLong(1_000_000_000);
            if (expected.add(key)) {
                insert(key, key);
            }
            if (i % 10_000 == 0) {
                epoch = epoch.next();
            }
        }
        assertThat(checkNodes(tree.root())).isLessThan(60_000 / 32);

        List<Long> removed = new ArrayList<>(expected);
        for (int i = 0; i < 55_000; i++) {
            long key = removed.remove(random.nextInt(removed.size()));
            expected.remove(key);
            assertThat(remove(key, key)).isTrue();
        }

        assertThat(checkNodes(tree.root())).isLessThan(5_000 / 16);
        assertThat(tree.size()).isEqualTo(expected.size());
        assertThat(ids(true)).containsExactlyElementsOf(expected);
        assertThat(ids(false)).containsExactlyElementsOf(expected.descendingSet());
        assertThat(remove(-5, -5)).isFalse();
    }

    @Test
    void removing_everything_leaves_nothing() {
        for (long i = 0; i < 10_000; i++) {
            insert(i, i % 100);
        }
        KeyTree kept = tree.fork();
        epoch = epoch.next();

        for (long i = 9_999; i >= 0; i--) {
            assertThat(remove(i, i % 100)).isTrue();
        }

        assertThat(tree.root()).isNull();
        assertThat(ids(true)).isEmpty();
        assertThat(kept.size()).isEqualTo(10_000);
        tree = kept;
        assertThat(ids(true)).hasSize(10_000).startsWith(0L, 100L, 200L).endsWith(9_899L, 9_999L);
    }
}
