package dev.merapi.query.exec.scan;

import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how to reach the rows of a table in an order, where an ordered index has them so. A choice is made only where
 * it pays: when the index leads to no more rows than the best way without order, or when only the first few rows are
 * wanted and there is no better way than reading the table.
 */
public final class OrderedPaths {
    private final TableSchema table;
    private final @Nullable RexNode condition;
    private final AccessPaths paths;

    /** Looks at what a condition over the table's row says; null for none. */
    public OrderedPaths(
            TableSchema table, @Nullable RexNode condition, EvaluatorCompiler compiler, ExpressionText text) {
        this.table = table;
        this.condition = condition;
        this.paths = AccessPaths.of(table, condition, compiler, text);
    }

    /** A part of an order: a column of the table. */
    public record OrderColumn(int column, boolean descending, boolean nullsFirst) {}

    /**
     * The rows in an order.
     *
     * @param limited whether not all rows will be read
     */
    public Optional<AccessPath> inOrder(List<OrderColumn> order, boolean limited) {
        AccessPath best = paths.choose(condition);
        if (order.stream().anyMatch(this::isRowId)) {
            // What is behind a row id in an order does not matter: there are no two rows with the same.
            boolean asStored =
                    isRowId(order.getFirst()) && !order.getFirst().descending() && best.equals(AccessPath.ALL);
            return asStored ? Optional.of(best) : Optional.empty();
        }
        if (order.stream().allMatch(part -> paths.isFixed(part.column()))) {
            return Optional.of(best);
        }
        return table.indexes().stream()
                .map(index -> inOrder(index, order))
                .flatMap(Optional::stream)
                .filter(path -> pays(path, best, limited))
                .max(Comparator.comparingInt(path -> path.prefix().columns()))
                .map(path -> path);
    }

    private boolean isRowId(OrderColumn part) {
        return part.column() == table.columns().size();
    }

    /** The row with the least or greatest value of a column first; rows with NULL there come last or not at all. */
    public Optional<AccessPath> extremeFirst(int column, boolean greatest) {
        AccessPath best = paths.choose(condition);
        OrderColumn order = new OrderColumn(column, greatest, greatest);
        return table.indexes().stream()
                .filter(index -> !paths.isFixed(column))
                .flatMap(index -> inOrder(index, List.of(order)).stream())
                .map(path -> paths.stretch(path.index(), path.descending(), true))
                .filter(path -> pays(path, best, true))
                .max(Comparator.comparingInt(path -> path.prefix().columns()))
                .map(path -> path);
    }

    private Optional<AccessPath.Range> inOrder(IndexDefinition index, List<OrderColumn> order) {
        if (index.kind() != IndexDefinition.Kind.ORDERED) {
            return Optional.empty();
        }
        Walk walk = new Walk(index);
        return order.stream().allMatch(walk::passes)
                ? Optional.of(paths.stretch(index, walk.backward, false))
                : Optional.empty();
    }

    /** A walk along the columns of an index, to see whether it has the columns of an order in that order. */
    private final class Walk {
        private final IndexDefinition index;
        private int at;
        private boolean decided;
        private boolean backward;

        Walk(IndexDefinition index) {
            this.index = index;
        }

        boolean passes(OrderColumn part) {
            if (paths.isFixed(part.column())) {
                return true;
            }
            List<Integer> columns = index.columns();
            while (at < columns.size() && columns.get(at) != part.column() && paths.isFixed(columns.get(at))) {
                at++;
            }
            if (at == columns.size()) {
                return identifiesRows();
            }
            boolean nullsFit = !isNullable(part.column()) || part.nullsFirst() == part.descending();
            boolean fits = columns.get(at) == part.column()
                    && AccessPaths.isKeyed(table.columns().get(part.column()).type())
                    && nullsFit
                    && (!decided || backward == part.descending());
            decided = true;
            backward = part.descending();
            at++;
            return fits;
        }

        /** Whether no two rows have the same key, so that nothing is left to be ordered behind it. */
        private boolean identifiesRows() {
            return index.unique() && index.columns().stream().noneMatch(this::isNullable);
        }

        private boolean isNullable(int column) {
            return table.columns().get(column).nullable();
        }
    }

    private boolean pays(AccessPath.Range path, AccessPath best, boolean limited) {
        int prefix = path.prefix().columns();
        return switch (best) {
            case AccessPath.All all -> limited || condition == null;
            case AccessPath.Lookup lookup ->
                !lookup.index().unique()
                        && lookup.keys().size() == 1
                        && prefix >= lookup.keys().getFirst().columns();
            case AccessPath.Range range ->
                path.index().equals(range.index())
                        || (prefix > 0 && prefix >= range.prefix().columns());
        };
    }
}
