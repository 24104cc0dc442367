package dev.merapi.query.live;

import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowKey;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.dataflow.CircuitTemplate;
import dev.merapi.query.exec.QueryPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all derived queries of one shape have in common. The literals of the text are parameters here. Immutable; equal
 * when {@link #digest} is.
 *
 * @param digest says all that the rows of the result depend on besides parameters and tables
 * @param plan computes the rows
 * @param circuit maintains them; null when none can
 * @param why there is no circuit; empty when there is one
 * @param tables every table it reads
 * @param keyColumns positions of columns that identify a row of the result; empty when none are known to
 */
record DerivedTemplate(
        String digest,
        QueryPlan plan,
        @Nullable CircuitTemplate circuit,
        String why,
        List<TableSchema> tables,
        RowType rowType,
        List<Integer> keyColumns) {
    DerivedTemplate {
        tables = List.copyOf(tables);
        keyColumns = List.copyOf(keyColumns);
    }

    @Nullable
    RowKey key() {
        int[] columns = keyColumns.stream().mapToInt(Integer::intValue).toArray();
        return columns.length == 0 ? null : new RowKey(RowLayout.of(rowType), columns);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DerivedTemplate that && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return digest;
    }
}
