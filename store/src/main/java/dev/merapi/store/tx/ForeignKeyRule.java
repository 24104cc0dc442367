package dev.merapi.store.tx;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import dev.merapi.store.IndexRange;
import dev.merapi.store.RowCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key with everything found out that looking along it needs: the unique index of the referenced table, the
 * index of the referencing one, and how a key of the one is made from a row of the other. Holds until the next
 * schema change.
 */
final class ForeignKeyRule {
    private final ForeignKey definition;
    private final LiveTable child;
    private final LiveTable parent;

    private final RowKey childKey;
    private final RowKey parentKey;
    private final IndexDefinition parentIndex;
    private final KeyTranslation toParent;
    private final IndexDefinition childIndex;
    private final KeyTranslation toChild;
    /** Whether both sides are one integer: then nothing is allocated to look for a parent. */
    private final boolean singleLong;

    ForeignKeyRule(ForeignKey definition, LiveTable child, LiveTable parent) {
        this.definition = definition;
        this.child = child;
        this.parent = parent;
        RowLayout childLayout = child.layout();
        RowLayout parentLayout = parent.layout();
        childKey = new RowKey(childLayout, ints(definition.columns()));
        parentKey = new RowKey(parentLayout, ints(definition.referencedColumns()));
        singleLong = childKey.isSingleLong() && parentKey.isSingleLong() && sameSignedness();

        parentIndex = KeyColumns.uniqueIndex(parent.schema(), definition.referencedColumns());
        int[] fromChild = new int[parentIndex.columns().size()];
        for (int i = 0; i < fromChild.length; i++) {
            int at =
                    definition.referencedColumns().indexOf(parentIndex.columns().get(i));
            fromChild[i] = definition.columns().get(at);
        }
        toParent = new KeyTranslation(childLayout, fromChild, keyLayout(parentLayout, parentIndex.columnArray()));

        childIndex = KeyColumns.lookupIndex(child.schema(), definition.columns());
        int[] indexed = new int[definition.columns().size()];
        int[] fromParent = new int[indexed.length];
        for (int i = 0; i < indexed.length; i++) {
            indexed[i] = childIndex.columns().get(i);
            int at = definition.columns().indexOf(indexed[i]);
            fromParent[i] = definition.referencedColumns().get(at);
        }
        toChild = new KeyTranslation(parentLayout, fromParent, keyLayout(childLayout, indexed));
    }

    private static RowLayout keyLayout(RowLayout layout, int[] columns) {
        return RowLayout.of(layout.type().project(columns));
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The top half of unsigned 64-bit numbers looks like negative numbers when read as a long. */
    private boolean sameSignedness() {
        ColumnType one = child.layout().columnType(definition.columns().get(0));
        ColumnType other =
                parent.layout().columnType(definition.referencedColumns().get(0));
        return (one == ScalarType.U64) == (other == ScalarType.U64);
    }

    ForeignKey definition() {
        return definition;
    }

    LiveTable child() {
        return child;
    }

    LiveTable parent() {
        return parent;
    }

    /** Whether the rows agree in the referencing columns. */
    boolean sameChildKey(byte[] childRow, byte[] otherChildRow) {
        return childKey.equal(childRow, childKey, otherChildRow);
    }

    /** Whether the rows agree in the referenced columns. */
    boolean sameParentKey(byte[] parentRow, byte[] otherParentRow) {
        return parentKey.equal(parentRow, parentKey, otherParentRow);
    }

    /** Whether the referencing row refers to nothing, having a NULL, or to a row that exists. */
    boolean isSatisfied(byte[] childRow) {
        if (childKey.hasNull(childRow)) {
            return true;
        }
        if (singleLong) {
            long key = child.layout().getLong(childRow, definition.columns().get(0));
            return parent.state().findId(parentIndex.indexId(), key) >= 0;
        }
        byte[] key = toParent.apply(childRow);
        return key != null && parent.state().findId(parentIndex.indexId(), key) >= 0;
    }

    /** Whether the referenced key exists in the referenced table, whichever row has it now. */
    boolean parentKeyExists(byte[] parentRow) {
        RowKey key = new RowKey(parent.layout(), parentIndex.columnArray());
        return parent.state().findId(parentIndex.indexId(), key.extract(parentRow)) >= 0;
    }

    /** The rows that refer to the key of this referenced row. */
    RowCursor children(byte[] parentRow) {
        byte @Nullable [] key = toChild.apply(parentRow);
        if (key == null) {
            return RowCursor.EMPTY;
        }
        int columns = definition.columns().size();
        return childIndex.columns().size() == columns
                ? child.state().lookup(childIndex.indexId(), key)
                : child.state().range(childIndex.indexId(), IndexRange.equal(key, columns), false);
    }

    /**
     * A referencing row with its key set to that of a referenced row, or to NULL.
     *
     * @throws dev.merapi.api.error.CodedException NOT_NULL_VIOLATION, VALUE_OUT_OF_RANGE
     */
    byte[] withKey(byte[] childRow, byte @Nullable [] parentRow) {
        RowLayout layout = child.layout();
        @Nullable Object[] values = layout.decode(childRow);
        @Nullable Object[] key = new @Nullable Object[definition.columns().size()];
        if (parentRow != null && !parentKey.hasNull(parentRow)) {
            byte[] keyRow = toChild.apply(parentRow);
            if (keyRow == null) {
                throw Refusals.keyDoesNotFit(this, parentRow);
            }
            key = toChild.target().decode(keyRow);
        }
        for (int i = 0; i < key.length; i++) {
            int column = childIndex.columns().get(i);
            if (key[i] == null && !layout.isNullable(column)) {
                throw Refusals.notNull(child.schema(), column).with("constraint", definition.name());
            }
            values[column] = key[i];
        }
        return layout.encode(values);
    }

    String childKeyText(byte[] childRow) {
        return Refusals.keyText(child.schema(), definition.columns(), childKey, childRow);
    }

    String parentKeyText(byte[] parentRow) {
        return Refusals.keyText(parent.schema(), definition.referencedColumns(), parentKey, parentRow);
    }
}
