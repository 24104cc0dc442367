package dev.merapi.client.row;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.RowLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns all rows of one result share: their names, types and places in the bytes of a row. Rows of a live query
 * may have more columns in their bytes, behind these, which say where a row stands; they are not to be seen.
 */
public final class Columns {
    private static final Columns NONE = new Columns(RowType.EMPTY, RowLayout.of(RowType.EMPTY));

    private final RowType type;
    private final RowLayout layout;
    private final Map<String, Integer> indexes;
    /** The fields of the columns of record types: a record is laid out as a row is. */
    private final @Nullable Columns[] nested;

    private Columns(RowType type, RowLayout layout) {
        this.type = type;
        this.layout = layout;
        Map<String, Integer> byName = HashMap.newHashMap(type.size());
        for (int i = 0; i < type.size(); i++) {
            byName.putIfAbsent(type.column(i).name(), i);
        }
        nested = new @Nullable Columns[type.size()];
        for (int i = 0; i < nested.length; i++) {
            nested[i] = type.column(i).type() instanceof RecordType record ? of(new RowType(record.fields())) : null;
        }
        this.indexes = Map.copyOf(byName);
    }

    public static Columns of(RowType type) {
        // Most answers to writes have none.
        return type.size() == 0 ? NONE : new Columns(type, RowLayout.of(type));
    }

    /**
     * The columns of a result whose rows have hidden columns.
     *
     * @param type all columns
     * @param hidden how many of them, the last ones, are not to be seen
     */
    public static Columns of(RowType type, int hidden) {
        return hidden == 0
                ? of(type)
                : new Columns(new RowType(type.columns().subList(0, type.size() - hidden)), RowLayout.of(type));
    }

    public int size() {
        return type.size();
    }

    public RowType type() {
        return type;
    }

    /** How the bytes of the rows are laid out, hidden columns included. */
    public RowLayout layout() {
        return layout;
    }

    /** Where the bytes end that show these columns. */
    int shownEnd(byte[] bytes) {
        return type.size() == layout.columnCount() ? bytes.length : layout.start(bytes, type.size());
    }

    public List<String> names() {
        return type.columns().stream().map(Column::name).toList();
    }

    /** The column at this place, counted from 0. */
    public Column column(int index) {
        return type.column(checkIndex(index));
    }

    /** The place of the first column of this name, counted from 0, or -1. Upper and lower case are different. */
    public int find(String name) {
        Integer index = indexes.get(name);
        return index == null ? -1 : index;
    }

    /**
     * The place of the first column of this name, counted from 0.
     *
     * @throws CodedException UNKNOWN_COLUMN when there is none
     */
    public int get(String name) {
        Integer index = indexes.get(name);
        if (index == null) {
            throw new CodedException(ErrorCode.UNKNOWN_COLUMN, "the result has no such column")
                    .with("column", name)
                    .with("columns", names())
                    .hint("an unquoted name in SQL becomes lower case");
        }
        return index;
    }

    /** Makes a row of bytes encoded in this layout. The bytes are kept, not copied, and not checked. */
    public Row row(byte[] bytes) {
        return new Row(this, bytes);
    }

    /**
     * Makes a row of bytes from outside.
     *
     * @throws CodedException MALFORMED_BSATN when they are not a row of these columns
     */
    public Row checkedRow(byte[] bytes) {
        layout.validate(bytes);
        return new Row(this, bytes);
    }

    /** The fields of a column, null if its type has none. */
    @Nullable
    Columns nested(int index) {
        return nested[index];
    }

    int checkIndex(int index) {
        if (index < 0 || index >= type.size()) {
            throw new CodedException(ErrorCode.UNKNOWN_COLUMN, "the result has no column at this index")
                    .with("index", index)
                    .with("columns", type.size())
                    .hint("indexes count from 0");
        }
        return index;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Columns columns && columns.type.equals(type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return names().toString();
    }
}
