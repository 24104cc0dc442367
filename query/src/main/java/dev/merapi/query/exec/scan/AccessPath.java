package dev.merapi.query.exec.scan;

import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.store.IndexRange;
import dev.merapi.store.RowCursor;
import dev.merapi.store.TableReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to the rows of a table. Immutable. */
public sealed interface AccessPath {
    /** All rows, in order of insertion. */
    AccessPath ALL = new All();

    RowCursor open(TableReader reader, EvalContext eval);

    /** About how many of so many rows it leads to. */
    long estimate(long tableRows);

    /** For EXPLAIN. */
    String describe(TableSchema table);

    /** Every row. */
    record All() implements AccessPath {
        @Override
        public RowCursor open(TableReader reader, EvalContext eval) {
            return reader.scan();
        }

        @Override
        public long estimate(long tableRows) {
            return tableRows;
        }

        @Override
        public String describe(TableSchema table) {
            return "Seq Scan on " + table.name();
        }
    }

    /**
     * Rows whose key in an index equals given values.
     *
     * @param keys several for {@code IN}
     * @param text the conditions that are made use of, for people
     */
    record Lookup(IndexDefinition index, List<IndexKey> keys, String text) implements AccessPath {
        @Override
        public RowCursor open(TableReader reader, EvalContext eval) {
            return keys.size() == 1
                    ? keys.getFirst().lookup(reader, ArrayRow.EMPTY, eval)
                    : new KeyListCursor(reader, keys, eval);
        }

        @Override
        public long estimate(long tableRows) {
            return index.unique() ? keys.size() : keys.size() * (tableRows / 100 + 1);
        }

        @Override
        public String describe(TableSchema table) {
            return "Index Lookup on " + table.name() + " using " + index.name() + ": " + text;
        }
    }

    /**
     * Rows of a stretch of an ordered index, in its order.
     *
     * @param prefix the rows whose leading columns have these values, where neither bound is given
     * @param lower the bound below, whose last value belongs to the column behind the prefix; null for none
     * @param upper the bound above, likewise
     * @param descending from the end of the stretch to its beginning
     * @param text the conditions that are made use of, for people; empty for none
     */
    record Range(
            IndexDefinition index,
            IndexKey prefix,
            @Nullable Bound lower,
            @Nullable Bound upper,
            boolean descending,
            String text)
            implements AccessPath {
        /** One end of a range: the prefix and one value more. */
        public record Bound(IndexKey key, boolean inclusive) {}

        @Override
        public RowCursor open(TableReader reader, EvalContext eval) {
            IndexKey low = lower == null ? prefix : lower.key();
            IndexKey high = upper == null ? prefix : upper.key();
            // A comparison with NULL is never true, whichever bound it is.
            byte[] lowKey = low.encode(ArrayRow.EMPTY, eval);
            byte[] highKey = high.encode(ArrayRow.EMPTY, eval);
            if (lowKey == null || highKey == null) {
                return RowCursor.EMPTY;
            }
            IndexRange range = new IndexRange(
                    low.columns() == 0 ? null : lowKey,
                    low.columns(),
                    lower == null || lower.inclusive(),
                    high.columns() == 0 ? null : highKey,
                    high.columns(),
                    upper == null || upper.inclusive());
            return reader.range(index.indexId(), range, descending);
        }

        @Override
        public long estimate(long tableRows) {
            if (prefix.columns() > 0) {
                return tableRows / 100 + 1;
            }
            return text.isEmpty() ? tableRows : tableRows / 4 + 1;
        }

        @Override
        public String describe(TableSchema table) {
            return (text.isEmpty() ? "Index Scan on " : "Index Range Scan on ")
                    + table.name()
                    + " using "
                    + index.name()
                    + (descending ? " backward" : "")
                    + (text.isEmpty() ? "" : ": " + text);
        }
    }
}
