package dev.merapi.query.dataflow.compile;

import dev.merapi.query.expr.relation.Columns;
import dev.merapi.query.expr.relation.TableFunctionNode;
import dev.merapi.query.expr.relation.TableNode;
import dev.merapi.query.system.SystemTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * The order in which one reads the rows of a tree who reads its tables from the first row on: by row id, the rows of a
 * join by their left row and then by their right one, an ordered query as its ORDER BY says. A query asked once meets
 * rows in this order where it reads one table; of joins it may read either side first.
 *
 * @param node the tree, with the columns that its order needs behind its own
 * @param width the number of its own columns
 * @param columns what the rows are ordered by; empty when they come in no order, as groups do
 */
record ReadingOrder(RelNode node, int width, List<RelFieldCollation> columns) {
    ReadingOrder {
        columns = List.copyOf(columns);
    }

    static ReadingOrder of(RelNode node) {
        return switch (node) {
            case TableNode table
            when !table.rowId() && !SystemTables.isSystem(table.schema().tableId()) ->
                counted(table, TableNode.create(table.getCluster(), table.schema(), true));
            case TableFunctionNode functions
            when !functions.ordinality() ->
                counted(functions, TableFunctionNode.create(functions.getCluster(), functions.calls(), true));
            case Filter filter -> of(filter);
            case Project project -> of(project);
            case Sort sort -> of(sort);
            case LogicalJoin join -> of(join);
            case LogicalCorrelate correlate -> of(correlate);
            default -> none(node);
        };
    }

    private static ReadingOrder none(RelNode node) {
        return new ReadingOrder(node, node.getRowType().getFieldCount(), List.of());
    }

    /** A leaf whose last column now counts its rows. */
    private static ReadingOrder counted(RelNode leaf, RelNode counting) {
        int width = leaf.getRowType().getFieldCount();
        return new ReadingOrder(counting, width, List.of(new RelFieldCollation(width)));
    }

    private static ReadingOrder of(Filter filter) {
        ReadingOrder input = of(filter.getInput());
        return new ReadingOrder(filter.copy(filter.getTraitSet(), List.of(input.node)), input.width, input.columns);
    }

    private static ReadingOrder of(Project project) {
        ReadingOrder input = of(project.getInput());
        List<RexNode> expressions = new ArrayList<>(project.getProjects());
        List<RelFieldCollation> order = new ArrayList<>();
        List<RexNode> below = Rex.references(Flow.columns(input.node));
        for (RelFieldCollation part : input.columns) {
            RexNode column = below.get(part.getFieldIndex());
            int at = expressions.indexOf(column);
            if (at < 0) {
                at = expressions.size();
                expressions.add(column);
            }
            order.add(part.withFieldIndex(at));
        }
        return new ReadingOrder(
                LogicalProject.create(
                        input.node, List.of(), expressions, names(project, expressions), project.getVariablesSet()),
                project.getProjects().size(),
                order);
    }

    private static List<String> names(RelNode node, List<?> columns) {
        List<String> names = new ArrayList<>(node.getRowType().getFieldNames());
        while (names.size() < columns.size()) {
            names.add("$order" + names.size());
        }
        return names;
    }

    private static ReadingOrder of(Sort sort) {
        ReadingOrder input = of(sort.getInput());
        boolean limited = sort.fetch != null || sort.offset != null;
        RelNode node = limited ? sort.copy(sort.getTraitSet(), List.of(input.node)) : input.node;
        return new ReadingOrder(
                node, input.width, input.after(sort.getCollation().getFieldCollations()));
    }

    private static ReadingOrder of(LogicalJoin join) {
        ReadingOrder left = of(join.getLeft());
        JoinRelType type = join.getJoinType();
        boolean onlyLeft = !type.projectsRight();
        boolean kept = onlyLeft || type == JoinRelType.INNER || type == JoinRelType.LEFT;
        if (!kept || Rex.hasQuery(join.getCondition())) {
            return none(join); // a query in the condition counts the columns of both sides
        }
        ReadingOrder right = onlyLeft ? none(join.getRight()) : of(join.getRight());
        int more = left.node.getRowType().getFieldCount() - left.width;
        RexNode condition = Columns.replace(join.getCondition(), index -> {
            RexInputRef ref = (RexInputRef) column(join, index);
            return index < left.width ? ref : new RexInputRef(index + more, ref.getType());
        });
        RelNode joined = LogicalJoin.create(left.node, right.node, List.of(), condition, join.getVariablesSet(), type);
        return onlyLeft ? new ReadingOrder(joined, left.width, left.columns) : sideBySide(join, joined, left, right);
    }

    private static RexNode column(LogicalJoin join, int index) {
        int left = join.getLeft().getRowType().getFieldCount();
        return index < left
                ? Rex.references(Flow.columns(join.getLeft())).get(index)
                : new RexInputRef(
                        index,
                        join.getRight()
                                .getRowType()
                                .getFieldList()
                                .get(index - left)
                                .getType());
    }

    private static ReadingOrder of(LogicalCorrelate correlate) {
        JoinRelType type = correlate.getJoinType();
        if (type != JoinRelType.INNER && type != JoinRelType.LEFT) {
            return none(correlate);
        }
        ReadingOrder left = of(correlate.getLeft());
        ReadingOrder right = of(correlate.getRight());
        RelNode joined = LogicalCorrelate.create(
                left.node, right.node, List.of(), correlate.getCorrelationId(), correlate.getRequiredColumns(), type);
        return sideBySide(correlate, joined, left, right);
    }

    /** Brings the columns that both sides order by behind those of both. */
    private static ReadingOrder sideBySide(RelNode written, RelNode joined, ReadingOrder left, ReadingOrder right) {
        List<RexNode> all = Rex.references(Flow.columns(joined));
        int leftAll = left.node.getRowType().getFieldCount();
        List<RexNode> shown = new ArrayList<>(all.subList(0, left.width));
        shown.addAll(all.subList(leftAll, leftAll + right.width));
        shown.addAll(all.subList(left.width, leftAll));
        shown.addAll(all.subList(leftAll + right.width, all.size()));
        List<RelFieldCollation> order = new ArrayList<>();
        left.columns.forEach(part -> order.add(part.withFieldIndex(shown.indexOf(all.get(part.getFieldIndex())))));
        right.columns.forEach(
                part -> order.add(part.withFieldIndex(shown.indexOf(all.get(leftAll + part.getFieldIndex())))));
        RelNode node = LogicalProject.create(joined, List.of(), shown, names(written, shown), Set.of());
        return new ReadingOrder(node, left.width + right.width, order);
    }

    /** This order, and what settles where it does not. */
    List<RelFieldCollation> with(List<RelFieldCollation> then) {
        return chain(List.of(columns, then));
    }

    /** Another order, and this one where it does not settle. */
    List<RelFieldCollation> after(List<RelFieldCollation> first) {
        return chain(List.of(first, columns));
    }

    /** Another order, this one where it does not settle, and what settles the rest. */
    List<RelFieldCollation> between(List<RelFieldCollation> first, List<RelFieldCollation> then) {
        return chain(List.of(first, columns, then));
    }

    private static List<RelFieldCollation> chain(List<List<RelFieldCollation>> orders) {
        List<RelFieldCollation> order = new ArrayList<>();
        Set<Integer> known = new HashSet<>();
        for (List<RelFieldCollation> parts : orders) {
            for (RelFieldCollation part : parts) {
                if (known.add(part.getFieldIndex())) {
                    order.add(part);
                }
            }
        }
        return order;
    }
}
