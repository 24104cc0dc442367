package dev.merapi.query.exec.scan;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values for the leading columns of an index. Immutable. */
public final class IndexKey {
    private final IndexDefinition index;
    private final List<KeyValue> values;
    /** Whether NULL is the value of one column more: behind it an ordered index has its rows without value. */
    private final boolean thenNull;

    private final RowLayout layout;
    /** Whether the key is one integer, date or time of a unique index: then it is looked up without being encoded. */
    private final boolean uniqueNumber;

    /** Makes a key of as many leading columns as there are values. */
    public IndexKey(TableSchema table, IndexDefinition index, List<KeyValue> values) {
        this(table, index, values, false);
    }

    private IndexKey(TableSchema table, IndexDefinition index, List<KeyValue> values, boolean thenNull) {
        this.index = index;
        this.values = List.copyOf(values);
        this.thenNull = thenNull;
        this.layout = RowLayout.of(new RowType(index.columns().subList(0, columns()).stream()
                .map(column -> table.columns().get(column).column())
                .toList()));
        this.uniqueNumber = !thenNull
                && index.unique()
                && index.columns().size() == 1
                && isNumber(layout.type().columns());
    }

    /** The key of rows that have these values and NULL in the column behind them, which must be nullable. */
    static IndexKey thenNull(TableSchema table, IndexDefinition index, List<KeyValue> values) {
        return new IndexKey(table, index, values, true);
    }

    private static boolean isNumber(List<Column> columns) {
        return columns.size() == 1
                && columns.getFirst().type() instanceof ScalarType scalar
                && scalar.isLongCompatible();
    }

    public IndexDefinition index() {
        return index;
    }

    /** How many columns of the index it gives. */
    public int columns() {
        return values.size() + (thenNull ? 1 : 0);
    }

    /**
     * The rows with this key, which gives all columns of the index.
     *
     * @param outer the row of another table on which the values may depend
     */
    public RowCursor lookup(TableReader reader, Row outer, EvalContext eval) {
        if (uniqueNumber) {
            Object value = values.getFirst().value(outer, eval);
            return value == null
                    ? RowCursor.EMPTY
                    : SingleRowCursor.of(reader, reader.findId(index.indexId(), ArrayRow.raw(value)));
        }
        byte[] key = encode(outer, eval);
        if (key == null) {
            return RowCursor.EMPTY;
        }
        return index.unique()
                ? SingleRowCursor.of(reader, reader.findId(index.indexId(), key))
                : reader.lookup(index.indexId(), key);
    }

    /** The key as a row of the index's key type, cut to the columns given; null if one of its values is NULL. */
    byte @Nullable [] encode(Row outer, EvalContext eval) {
        @Nullable Object[] key = new @Nullable Object[columns()];
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i).value(outer, eval);
            if (value == null) {
                return null;
            }
            key[i] = value;
        }
        return layout.encode(key);
    }
}
