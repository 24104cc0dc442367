package dev.merapi.query.live.index;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.expr.Casts;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns that a row must have certain values in. Such values are a <em>key</em>: a row of the columns' types without
 * their declared sizes, so that a text too long for its column is a value like any other, which no row has.
 *
 * <p>Each key has a code. Equal keys have equal codes; where {@link #isExact} also the other way round. Immutable.
 */
public final class KeyColumns {
    private final RowLayout table;
    private final int[] columns;
    private final RowKey ofRow;
    private final RowLayout keyLayout;
    private final RowKey ofKey;
    private final boolean exact;

    /**
     * @param columns at least one
     */
    public KeyColumns(RowLayout table, int... columns) {
        this.table = table;
        this.columns = columns.clone();
        this.ofRow = new RowKey(table, columns);
        this.keyLayout = RowLayout.of(withoutSizes(table, columns));
        this.ofKey = new RowKey(keyLayout, range(columns.length));
        this.exact = ofRow.isSingleLong();
    }

    private static RowType withoutSizes(RowLayout table, int[] columns) {
        List<Column> types = new ArrayList<>();
        for (int column : columns) {
            Column declared = table.type().column(column);
            types.add(new Column(declared.name(), withoutSize(declared.type()), declared.nullable()));
        }
        return new RowType(types);
    }

    /** An array's elements keep their sizes: whether they may be NULL is part of their encoding. */
    static ColumnType withoutSize(ColumnType type) {
        return type instanceof ArrayType ? type : Casts.base(type);
    }

    private static int[] range(int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    public int[] columns() {
        return columns.clone();
    }

    public RowLayout keyLayout() {
        return keyLayout;
    }

    /** Whether the code is the value itself. */
    boolean isExact() {
        return exact;
    }

    /** Whether the row has NULL in one of the columns: it has no key then, for NULL equals nothing. */
    boolean hasNull(byte[] row) {
        return ofRow.hasNull(row);
    }

    long codeOfRow(byte[] row) {
        return exact ? table.getLong(row, columns[0]) : ofRow.hash(row);
    }

    long codeOfKey(byte[] key) {
        return exact ? keyLayout.getLong(key, 0) : ofKey.hash(key);
    }

    boolean rowHasKey(byte[] row, byte[] key) {
        return ofRow.equal(row, ofKey, key);
    }

    boolean sameKey(byte[] one, byte[] other) {
        return ofKey.equal(one, ofKey, other);
    }

    /** The order of keys. */
    int compareKeys(byte[] one, byte[] other) {
        return ofKey.compare(one, ofKey, other);
    }

    /** The order of a row and a key: as that of the row's own key. */
    int compareRow(byte[] row, byte[] key) {
        return ofRow.compare(row, ofKey, key);
    }
}
