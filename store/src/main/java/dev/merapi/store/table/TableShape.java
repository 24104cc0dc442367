package dev.merapi.store.table;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import java.util.List;

/** What is constant about one version of a table: its schema, compiled. Immutable and thread-safe. */
public final class TableShape {
    private final TableSchema schema;
    private final RowLayout layout;
    private final IndexShape[] indexes;

    public TableShape(TableSchema schema) {
        this.schema = schema;
        layout = RowLayout.of(schema.rowType());
        List<IndexDefinition> definitions = schema.indexes();
        indexes = new IndexShape[definitions.size()];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = new IndexShape(layout, definitions.get(i));
        }
    }

    public TableSchema schema() {
        return schema;
    }

    public RowLayout layout() {
        return layout;
    }

    public int indexCount() {
        return indexes.length;
    }

    /** The index at a position, in the order of the schema. */
    public IndexShape index(int position) {
        return indexes[position];
    }

    /** The position of the index with this id; tables have few, so looking along them is fastest. */
    public int position(int indexId) {
        int position = findPosition(indexId);
        if (position >= 0) {
            return position;
        }
        throw new CodedException(ErrorCode.UNKNOWN_OBJECT, "index does not exist")
                .with("indexId", indexId)
                .with("table", schema.name());
    }

    /** Like {@link #position}, but -1 if there is none. */
    int findPosition(int indexId) {
        for (int i = 0; i < indexes.length; i++) {
            if (indexes[i].indexId() == indexId) {
                return i;
            }
        }
        return -1;
    }
}
