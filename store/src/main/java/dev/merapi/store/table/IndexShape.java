package dev.merapi.store.table;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import org.jspecify.annotations.Nullable;

/** What is constant about an index: its definition and its keys, compiled for the table's layout. Immutable. */
public final class IndexShape {
    private final IndexDefinition definition;
    private final RowLayout layout;
    private final RowKey key;
    private final RowKey keyRowKey;
    private final boolean singleLong;
    private final boolean nullable;
    /** Whether {@link RowKey#prefix} says all there is to say about a key, so that no row need be read to compare. */
    private final boolean prefixDecides;

    IndexShape(RowLayout layout, IndexDefinition definition) {
        this.definition = definition;
        this.layout = layout;
        key = new RowKey(layout, definition.columnArray());
        keyRowKey = key.keyRowKey();
        singleLong = key.isSingleLong();
        nullable = definition.columns().stream().anyMatch(layout::isNullable);
        prefixDecides = definition.columns().size() == 1
                && !nullable
                && fitsPrefix(layout.columnType(definition.columns().get(0)));
    }

    private static boolean fitsPrefix(ColumnType type) {
        return type instanceof ScalarType scalar && scalar.fixedWidth() >= 0 && scalar.fixedWidth() <= 8;
    }

    public IndexDefinition definition() {
        return definition;
    }

    public int indexId() {
        return definition.indexId();
    }

    public boolean isUnique() {
        return definition.unique();
    }

    /** The key in rows of the table. */
    public RowKey key() {
        return key;
    }

    /** The key in rows of its own type. */
    public RowKey keyRowKey() {
        return keyRowKey;
    }

    boolean isSingleLong() {
        return singleLong;
    }

    boolean prefixDecides() {
        return prefixDecides;
    }

    /** Whether a table row's key contains a NULL and so equals nothing. */
    public boolean hasNull(byte[] row) {
        return nullable && key.hasNull(row);
    }

    /** Whether two rows of the table have the same key. */
    public boolean sameKey(byte[] row, byte[] otherRow) {
        return key.equal(row, key, otherRow);
    }

    /** The key row of a single integer, or null if its column cannot hold that number. */
    byte @Nullable [] keyOf(long value) {
        requireSingleLong();
        int column = definition.columns().get(0);
        int width = layout.columnType(column).fixedWidth();
        int tag = nullable ? 1 : 0;
        byte[] keyRow = new byte[tag + width];
        for (int i = 0; i < width; i++) {
            keyRow[tag + i] = (byte) (value >> (8 * i));
        }
        return key.keyLayout().getLong(keyRow, 0) == value ? keyRow : null;
    }

    void requireSingleLong() {
        if (!singleLong) {
            throw wrongKind("index key is not a single integer");
        }
    }

    CodedException wrongKind(String text) {
        return new CodedException(ErrorCode.WRONG_OBJECT_TYPE, text).with("index", definition.name());
    }
}
