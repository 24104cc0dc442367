package dev.merapi.query.exec;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.exec.aggregate.FirstValues;
import dev.merapi.query.exec.operator.Limit;
import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.Project;
import dev.merapi.query.exec.operator.RowOrder;
import dev.merapi.query.exec.operator.Sort;
import dev.merapi.query.exec.operator.TiedLimit;
import dev.merapi.query.exec.operator.TotalOrder;
import dev.merapi.query.exec.scan.AccessPath;
import dev.merapi.query.exec.scan.AccessPaths;
import dev.merapi.query.exec.scan.OrderedPaths;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.relation.TableNode;
import dev.merapi.query.system.SystemTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Compiles ORDER BY: by sorting, or by reading rows in the order that an index has. Part of a {@link PlanCompiler}.
 */
final class OrderCompiler {
    private static final Set<String> EXTREMES = Set.of("min", "max");

    private final PlanCompiler compiler;

    OrderCompiler(PlanCompiler compiler) {
        this.compiler = compiler;
    }

    Operator sort(org.apache.calcite.rel.core.Sort sort) {
        Evaluator offset = sort.offset == null ? null : compiler.expression(sort.offset);
        Evaluator fetch = sort.fetch == null ? null : compiler.expression(sort.fetch);
        List<RelFieldCollation> collations = sort.getCollation().getFieldCollations();
        Operator inOrder = collations.isEmpty()
                ? compiler.compile(sort.getInput())
                : inOrder(sort.getInput(), order(collations), sort.fetch != null);
        if (inOrder != null) {
            return offset == null && fetch == null ? inOrder : limited(sort, inOrder, new Limit.Bounds(offset, fetch));
        }
        if (sort.fetch != null
                && sort.getInput() instanceof org.apache.calcite.rel.core.Project project
                && project.getProjects().stream().allMatch(RexInputRef.class::isInstance)) {
            // Of most rows only the columns that are ordered by are ever looked at.
            List<RelFieldCollation> below = collations.stream()
                    .map(one -> one.withFieldIndex(column(project, one.getFieldIndex())))
                    .toList();
            List<Integer> shown = new ArrayList<>();
            project.getProjects().forEach(node -> shown.add(((RexInputRef) node).getIndex()));
            return project(project, sorted(project.getInput(), below, shown, new Limit.Bounds(offset, fetch)));
        }
        List<Integer> all = ImmutableBitSet.range(PlanCompiler.columns(sort)).toList();
        return sorted(sort.getInput(), collations, all, new Limit.Bounds(offset, fetch));
    }

    /** A limit on rows that come in order; of those that ORDER BY does not tell apart it takes the least. */
    private static Operator limited(org.apache.calcite.rel.core.Sort sort, Operator input, Limit.Bounds bounds) {
        List<RelFieldCollation> collations = sort.getCollation().getFieldCollations();
        ImmutableBitSet columns = ImmutableBitSet.of(RelCollations.ordinals(sort.getCollation()));
        if (collations.isEmpty() || isKey(sort.getInput(), columns)) {
            return new Limit(input, bounds);
        }
        List<ColumnType> types = PlanCompiler.types(sort.getInput());
        return new TiedLimit(
                input,
                new RowOrder(collations, types),
                new TotalOrder(null, 0, types),
                bounds,
                text(sort.getInput(), collations));
    }

    /** Whether no two rows agree in these columns, where that is easy to see. */
    private static boolean isKey(RelNode node, ImmutableBitSet columns) {
        return switch (node) {
            case TableNode table ->
                columns.get(table.schema().columns().size())
                        || table.keys().stream().anyMatch(key -> columns.contains(ImmutableBitSet.of(key.columns())));
            case Filter filter -> isKey(filter.getInput(), columns);
            case org.apache.calcite.rel.core.Project project -> {
                ImmutableBitSet.Builder below = ImmutableBitSet.builder();
                for (int column : columns) {
                    if (project.getProjects().get(column) instanceof RexInputRef ref) {
                        below.set(ref.getIndex());
                    }
                }
                yield isKey(project.getInput(), below.build());
            }
            default -> false;
        };
    }

    private static int column(org.apache.calcite.rel.core.Project project, int output) {
        return ((RexInputRef) project.getProjects().get(output)).getIndex();
    }

    /**
     * Sorts; with a limit, what the order leaves open is settled by these columns, for it shows which rows are taken.
     */
    private Operator sorted(
            RelNode input, List<RelFieldCollation> collations, List<Integer> settling, Limit.Bounds bounds) {
        String text = text(input, collations);
        List<ColumnType> types = PlanCompiler.types(input);
        RowOrder order = new RowOrder(collations, types);
        boolean limited = bounds.offset() != null || bounds.fetch() != null;
        Sort.Order settled =
                new Sort.Order(limited ? new TotalOrder(order, settling, types) : order, order.isOfNumbers(), text);
        return new Sort(compiler.compile(input), settled, bounds);
    }

    private static String text(RelNode input, List<RelFieldCollation> collations) {
        return String.join(
                ", ",
                collations.stream()
                        .map(one -> text(input, one.getFieldIndex()) + (one.direction.isDescending() ? " DESC" : ""))
                        .toList());
    }

    /** A column for people: one that is only there to be ordered by has no name, but says how it is made. */
    private static String text(RelNode input, int column) {
        String name = input.getRowType().getFieldNames().get(column);
        return name.startsWith("$") && input instanceof org.apache.calcite.rel.core.Project project
                ? PlanCompiler.text(project.getInput()).of(project.getProjects().get(column))
                : name;
    }

    private Operator project(org.apache.calcite.rel.core.Project project, Operator input) {
        return new Project(
                input,
                compiler.expressions(project.getProjects()),
                PlanCompiler.text(project.getInput()).of(project.getProjects()));
    }

    private static List<OrderedPaths.OrderColumn> order(List<RelFieldCollation> collations) {
        return collations.stream()
                .map(one -> new OrderedPaths.OrderColumn(
                        one.getFieldIndex(), one.direction.isDescending(), RowOrder.nullsFirst(one)))
                .toList();
    }

    /** The rows of a tree, which come in an order by themselves; null if no index has it or it does not pay. */
    private @Nullable Operator inOrder(RelNode node, List<OrderedPaths.OrderColumn> order, boolean limited) {
        return switch (node) {
            case TableNode table -> scan(table, null, order, limited);
            case Filter filter
            when filter.getInput() instanceof TableNode table -> scan(table, filter.getCondition(), order, limited);
            case org.apache.calcite.rel.core.Project project -> project(project, order, limited);
            case Join join when limited -> join(join, order);
            default -> null;
        };
    }

    private @Nullable Operator scan(
            TableNode table, @Nullable RexNode condition, List<OrderedPaths.OrderColumn> order, boolean limited) {
        return read(table, condition, paths(table, condition).inOrder(order, limited));
    }

    private OrderedPaths paths(TableNode table, @Nullable RexNode condition) {
        return new OrderedPaths(table.schema(), condition, compiler.evaluators(), PlanCompiler.text(table));
    }

    private @Nullable Operator read(TableNode table, @Nullable RexNode condition, Optional<AccessPath> path) {
        if (path.isEmpty() || SystemTables.isSystem(table.schema().tableId())) {
            return null;
        }
        // Where each outer row wants other rows, reading on until they come costs more than holding all by their key.
        boolean perOuterRow = condition != null && !Correlations.used(condition).isEmpty();
        boolean narrow =
                !(path.get() instanceof AccessPath.Range range && range.prefix().columns() == 0)
                        && !(path.get() instanceof AccessPath.All);
        return perOuterRow && !narrow ? null : compiler.scan(table, condition, path.get());
    }

    private @Nullable Operator project(
            org.apache.calcite.rel.core.Project project, List<OrderedPaths.OrderColumn> order, boolean limited) {
        List<OrderedPaths.OrderColumn> below = new ArrayList<>();
        for (OrderedPaths.OrderColumn part : order) {
            int column = AccessPaths.column(project.getProjects().get(part.column()));
            if (column < 0) {
                return null;
            }
            below.add(new OrderedPaths.OrderColumn(column, part.descending(), part.nullsFirst()));
        }
        Operator input = inOrder(project.getInput(), below, limited);
        return input == null ? null : project(project, input);
    }

    /** A join gives its rows in the order of the input that it reads row by row, here the left one. */
    private @Nullable Operator join(Join join, List<OrderedPaths.OrderColumn> order) {
        int left = PlanCompiler.columns(join.getLeft());
        boolean fromLeft = order.stream().allMatch(part -> part.column() < left)
                && !join.getJoinType().generatesNullsOnLeft();
        Operator input = fromLeft ? inOrder(join.getLeft(), order, true) : null;
        return input == null ? null : compiler.joins().keepingOrder(join, input);
    }

    /** min and max over a whole table, from indexes; null if it is anything else, or an index is missing. */
    @Nullable
    Operator extremes(Aggregate aggregate) {
        if (aggregate.getGroupSets().size() != 1
                || !aggregate.getGroupSet().isEmpty()
                || aggregate.getAggCallList().isEmpty()) {
            return null;
        }
        List<Operator> inputs = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            Operator input = extreme(aggregate.getInput(), call, columns);
            if (input == null) {
                return null;
            }
            inputs.add(input);
            texts.add(call.getAggregation().getName());
        }
        return new FirstValues(inputs, columns, String.join(", ", texts));
    }

    private @Nullable Operator extreme(RelNode input, AggregateCall call, List<Integer> columns) {
        AggregateFunction function = AggregateFunction.of(call.getAggregation());
        boolean known = function != null && EXTREMES.contains(function.name()) && !call.hasFilter();
        if (function == null || !known) {
            return null;
        }
        int column = call.getArgList().getFirst();
        RelNode rows = input;
        if (rows instanceof org.apache.calcite.rel.core.Project project) {
            if (!(project.getProjects().get(column) instanceof RexInputRef ref)) {
                return null;
            }
            column = ref.getIndex();
            rows = project.getInput();
        }
        RexNode condition = null;
        if (rows instanceof Filter filter) {
            condition = filter.getCondition();
            rows = filter.getInput();
        }
        if (!(rows instanceof TableNode table)
                || column >= table.schema().columns().size()) {
            return null;
        }
        columns.add(column);
        // Each call reads for itself, so what a condition says of a row must be the same each time.
        if (condition != null
                && (!RexUtil.isDeterministic(condition) || RexUtil.SubQueryFinder.find(condition) != null)) {
            return null;
        }
        boolean greatest = function.name().equals("max");
        return read(table, condition, paths(table, condition).extremeFirst(column, greatest));
    }
}
