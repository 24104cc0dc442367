package dev.merapi.store.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds a {@link KeyTree} over all rows at once: collects the entries, sorts them, and stacks full nodes on full
 * nodes. Rows that already come in the order of their keys, as a growing primary key's do, are not sorted at all.
 */
final class KeyTreeBuilder {
    /** More rows than this do not fit into one array; they are inserted one by one. */
    private static final int MAX_ROWS = 1 << 30;
    /** Nodes are not filled to the brim, or the first insert into each would split it. */
    private static final int FILL = KeyTree.CAPACITY * 7 / 8;

    private final IndexShape shape;
    private final EpochVector<byte[]> rows;
    private long[] prefixes;
    private long[] rowIds;

    private KeyTreeBuilder(IndexShape shape, EpochVector<byte[]> rows) {
        this.shape = shape;
        this.rows = rows;
        prefixes = new long[(int) rows.size()];
        rowIds = new long[(int) rows.size()];
    }

    static KeyTree build(IndexShape shape, WriteEpoch epoch, EpochVector<byte[]> rows) {
        if (rows.size() > MAX_ROWS) {
            KeyTree tree = new KeyTree();
            for (VectorCursor<byte[]> row = rows.ascending(); row.next(); ) {
                tree.insert(epoch, KeyProbe.entry(shape, row.value(), row.index()), rows);
            }
            return tree;
        }
        KeyTreeBuilder builder = new KeyTreeBuilder(shape, rows);
        builder.collect();
        builder.sort();
        return builder.stack(epoch);
    }

    private void collect() {
        int count = 0;
        for (VectorCursor<byte[]> row = rows.ascending(); row.next(); ) {
            prefixes[count] = shape.key().prefix(row.value());
            rowIds[count] = row.index();
            count++;
        }
    }

    /** A merge sort from the bottom up, which takes runs that are in order as they are. */
    private void sort() {
        int count = rowIds.length;
        int[] runs = runs();
        long[] otherPrefixes = new long[runs.length > 2 ? count : 0];
        long[] otherRowIds = new long[otherPrefixes.length];
        while (runs.length > 2) {
            int[] merged = new int[runs.length / 2 + 1];
            int at = 0;
            for (int i = 0; i + 1 < runs.length; i += 2) {
                int end = i + 2 < runs.length ? runs[i + 2] : runs[i + 1];
                merge(runs[i], runs[i + 1], end, otherPrefixes, otherRowIds);
                merged[++at] = end;
            }
            long[] swap = prefixes;
            prefixes = otherPrefixes;
            otherPrefixes = swap;
            swap = rowIds;
            rowIds = otherRowIds;
            otherRowIds = swap;
            runs = merged;
        }
    }

    /** The borders of the ascending runs, from 0 to the number of entries. */
    private int[] runs() {
        int count = rowIds.length;
        int[] runs = new int[16];
        int size = 1;
        for (int i = 1; i <= count; i++) {
            if (i == count || compare(i - 1, i) > 0) {
                if (size == runs.length) {
                    runs = Arrays.copyOf(runs, size * 2);
                }
                runs[size++] = i;
            }
        }
        return Arrays.copyOf(runs, size);
    }

    private void merge(int from, int middle, int to, long[] targetPrefixes, long[] targetRowIds) {
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            int source = right == to || (left < middle && compare(left, right) < 0) ? left++ : right++;
            targetPrefixes[at] = prefixes[source];
            targetRowIds[at] = rowIds[source];
        }
    }

    private int compare(int i, int j) {
        int result = Long.compare(prefixes[i], prefixes[j]);
        if (result == 0 && !shape.prefixDecides()) {
            byte[] row = TableIndex.row(rows, rowIds[i]);
            result = shape.key().compare(row, shape.key(), TableIndex.row(rows, rowIds[j]));
        }
        return result != 0 ? result : Long.compare(rowIds[i], rowIds[j]);
    }

    private KeyTree stack(WriteEpoch epoch) {
        List<KeyTree.Node> leaves = new ArrayList<>(rowIds.length / FILL + 1);
        for (int from = 0; from < rowIds.length; from += FILL) {
            leaves.add(KeyTree.Node.leaf(epoch, prefixes, rowIds, from, Math.min(FILL, rowIds.length - from)));
        }
        return stack(epoch, leaves, rowIds.length);
    }

    /** The tree above these leaves. */
    static KeyTree stack(WriteEpoch epoch, List<KeyTree.Node> leaves, long size) {
        if (leaves.isEmpty()) {
            return new KeyTree();
        }
        List<KeyTree.Node> level = leaves;
        while (level.size() > 1) {
            List<KeyTree.Node> higher = new ArrayList<>(level.size() / FILL + 1);
            for (int from = 0; from < level.size(); from += FILL) {
                higher.add(KeyTree.Node.above(epoch, level.subList(from, Math.min(from + FILL, level.size()))));
            }
            level = higher;
        }
        return KeyTree.of(level.get(0), size);
    }
}
