package dev.merapi.client.row;

import dev.merapi.api.schema.RowType;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result, in order, and the point in history at which they were true. Immutable; any thread.
 */
public final class Rows extends AbstractList<Row> implements RandomAccess {
    private final Columns columns;
    private final List<Row> rows;
    private final String position;
    private final boolean complete;

    private Rows(Columns columns, List<Row> rows, String position, boolean complete) {
        this.columns = columns;
        this.rows = rows;
        this.position = position;
        this.complete = complete;
    }

    /**
     * Puts rows together.
     *
     * @param rows kept, not copied: the caller gives the array away
     * @param position the text form of the position, empty when there is none
     * @param complete false when more of the initial rows are to come
     */
    public static Rows of(Columns columns, Row[] rows, String position, boolean complete) {
        return new Rows(columns, Arrays.asList(rows), position, complete);
    }

    /**
     * Puts rows together that are in a list already.
     *
     * @param rows kept, not copied: must never change
     */
    public static Rows of(Columns columns, List<Row> rows, String position, boolean complete) {
        return new Rows(columns, rows, position, complete);
    }

    /**
     * Rows of bytes from outside; they are kept, not copied.
     *
     * @throws dev.merapi.api.error.CodedException MALFORMED_BSATN when some are not rows of this type
     */
    public static Rows ofBytes(RowType type, List<byte[]> bytes, String position) {
        Columns columns = Columns.of(type);
        Row[] rows = new Row[bytes.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = columns.checkedRow(bytes.get(i));
        }
        return of(columns, rows, position, true);
    }

    public Columns columns() {
        return columns;
    }

    /**
     * The newest commit these rows have seen, as {@code offset@epoch}; feed it to {@code LiveOptions.from} to go on
     * from here. Empty when the rows came from no server.
     */
    public String position() {
        return position;
    }

    /**
     * Whether this is the whole result. False only for live rows that are fetched batch by batch
     * ({@code autoFetchBatches(false)}) while batches are still to come.
     */
    public boolean isComplete() {
        return complete;
    }

    @Override
    public Row get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public Iterator<Row> iterator() {
        return rows.iterator();
    }

    /** The first row, or null when there is none. */
    public @Nullable Row first() {
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** Each row as a map from column name to value, see {@link Row#asMap}. */
    public List<Map<String, @Nullable Object>> asMaps() {
        List<Map<String, @Nullable Object>> maps = new ArrayList<>(rows.size());
        for (Row row : rows) {
            maps.add(row.asMap());
        }
        return maps;
    }

    /**
     * Maps each row to a record through its canonical constructor.
     *
     * <p>A component takes the column of its name; {@code magnitudeType} also takes {@code magnitude_type}. Columns
     * without a component are ignored; a component without a column is an error, and so is a column whose type the
     * component cannot hold. NULL becomes null, except for primitives, where it is an error. Text, and a sum type
     * whose variants have no payload, may be mapped to an enum by the constant's name; a column of a record type to a
     * record, by the same rules.
     *
     * <p>The mapping is compiled once per record and columns; after that a row costs no reflection. The record must be
     * visible to this library: public in an exported package, or its module (or the class path) open to it.
     *
     * @throws dev.merapi.api.error.CodedException ROW_MAPPING when record and columns do not go together or the
     *     constructor throws, NULL_NOT_ALLOWED or VALUE_OUT_OF_RANGE when a value does not go into its component
     */
    public <R extends Record> List<R> as(Class<R> recordType) {
        RecordMapper<R> mapper = RecordMapper.of(recordType, columns);
        List<R> records = new ArrayList<>(rows.size());
        for (Row row : rows) {
            records.add(mapper.map(row));
        }
        return records;
    }
}
