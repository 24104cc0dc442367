package dev.merapi.query.live.tree;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import dev.merapi.query.exec.operator.RowOrder;
import dev.merapi.query.exec.scan.ExpressionText;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.relation.WithNode;
import dev.merapi.query.plan.LimitAtOrder;
import dev.merapi.query.sql.BoundQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * Takes the ORDER BY off a query, for whoever has the rows can put them in order: what is ordered by becomes a column
 * of the result, a hidden one if it was not selected. So an order costs nothing to keep, all ways to keep a query up to
 * date have it alike, and a row says itself where it stands. ORDER BY with LIMIT stays in the query as well: it chooses
 * rows.
 *
 * @param query the query without its order, with hidden columns behind those selected
 * @param text the order for people; empty when there is none
 */
public record LiveOrder(BoundQuery query, ResultOrder order, List<String> text) {
    public LiveOrder {
        text = List.copyOf(text);
    }

    /** Takes a query apart. One without ORDER BY stays as it is. */
    public static LiveOrder of(BoundQuery bound) {
        return bound.rel() instanceof WithNode with ? of(bound, with.body()).within(with) : of(bound, bound.rel());
    }

    private static LiveOrder of(BoundQuery bound, RelNode root) {
        RelNode rel = LimitAtOrder.move(root);
        Project project = rel instanceof Project top && top.getVariablesSet().isEmpty() ? top : null;
        if (!((project == null ? rel : project.getInput()) instanceof Sort sort)
                || sort.getCollation().getFieldCollations().isEmpty()
                || (project != null
                        && project.getProjects().stream()
                                .anyMatch(node -> RexUtil.SubQueryFinder.find(node) != null))) {
            return new LiveOrder(bound, ResultOrder.NONE, List.of());
        }
        return new Builder(bound, project, sort).build();
    }

    /** The same inside of WITH. */
    private LiveOrder within(WithNode with) {
        RelNode around = WithNode.create(with.definition(), query.rel(), with.workingTable());
        return new LiveOrder(
                new BoundQuery(query.with(), around, query.rowType(), query.parameterTypes()), order, text);
    }

    /** Collects the columns of the result: those selected, then those that are only ordered by. */
    private static final class Builder {
        private final BoundQuery bound;
        private final Sort sort;
        private final List<RexNode> outputs;
        private final List<Column> columns;
        private final List<String> text = new ArrayList<>();

        Builder(BoundQuery bound, @Nullable Project project, Sort sort) {
            this.bound = bound;
            this.sort = sort;
            this.outputs = project == null ? references(sort) : new ArrayList<>(project.getProjects());
            this.columns = new ArrayList<>(bound.rowType().columns());
        }

        private static List<RexNode> references(RelNode rel) {
            List<RexNode> references = new ArrayList<>();
            for (int i = 0; i < rel.getRowType().getFieldCount(); i++) {
                references.add(rel.getCluster().getRexBuilder().makeInputRef(rel, i));
            }
            return references;
        }

        LiveOrder build() {
            List<ResultOrder.Part> parts = new ArrayList<>();
            for (RelFieldCollation part : sort.getCollation().getFieldCollations()) {
                boolean descending = part.direction.isDescending();
                boolean nullsFirst = RowOrder.nullsFirst(part);
                int output = output(part.getFieldIndex());
                parts.add(new ResultOrder.Part(output, descending, nullsFirst));
                text.add(text(part.getFieldIndex(), output, descending, nullsFirst));
            }
            int hidden = columns.size() - bound.rowType().size();
            RelNode rows = LimitAtOrder.isLimited(sort) ? sort : sort.getInput();
            RelNode projected = LogicalProject.create(
                    rows, List.of(), outputs, columns.stream().map(Column::name).toList(), Set.of());
            BoundQuery unordered =
                    new BoundQuery(bound.with(), projected, new RowType(columns), bound.parameterTypes());
            return new LiveOrder(unordered, new ResultOrder(parts, hidden), text);
        }

        /** The column of the result that shows a column of the sorted rows; a hidden one is added if none does. */
        private int output(int column) {
            for (int i = 0; i < outputs.size(); i++) {
                if (outputs.get(i) instanceof RexInputRef ref && ref.getIndex() == column) {
                    return i;
                }
            }
            RexNode hidden = sort.getCluster().getRexBuilder().makeInputRef(sort, column);
            outputs.add(hidden);
            columns.add(Column.optional("$" + columns.size(), RelTypes.columnType(hidden.getType())));
            return outputs.size() - 1;
        }

        private String text(int column, int output, boolean descending, boolean nullsFirst) {
            String name = columns.get(output).name();
            if (output >= bound.rowType().size() && sort.getInput() instanceof Project below) {
                ExpressionText printer =
                        new ExpressionText(below.getInput().getRowType().getFieldNames());
                name = printer.of(below.getProjects().get(column)) + " (hidden)";
            }
            String nulls = nullsFirst == descending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST";
            return name + (descending ? " DESC" : "") + nulls;
        }
    }
}
