package dev.merapi.query.exec;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.exec.operator.Filter;
import dev.merapi.query.exec.operator.FunctionRows;
import dev.merapi.query.exec.operator.KeyReader;
import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.Project;
import dev.merapi.query.exec.operator.Recursion;
import dev.merapi.query.exec.operator.SetOperations;
import dev.merapi.query.exec.operator.TableFunctionScan;
import dev.merapi.query.exec.operator.ValueRows;
import dev.merapi.query.exec.operator.WithDefinition;
import dev.merapi.query.exec.operator.WorkingTableScan;
import dev.merapi.query.exec.scan.AccessPath;
import dev.merapi.query.exec.scan.AccessPaths;
import dev.merapi.query.exec.scan.ExpressionText;
import dev.merapi.query.exec.scan.TableScan;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import dev.merapi.query.expr.relation.PolicyNode;
import dev.merapi.query.expr.relation.RecursiveNode;
import dev.merapi.query.expr.relation.TableFunctionNode;
import dev.merapi.query.expr.relation.TableNode;
import dev.merapi.query.expr.relation.ValuesNode;
import dev.merapi.query.expr.relation.WindowNode;
import dev.merapi.query.expr.relation.WithNode;
import dev.merapi.query.expr.relation.WorkingTableNode;
import dev.merapi.query.plan.Optimizer;
import dev.merapi.query.system.SystemTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Makes relational trees executable. One compiler serves one statement with all its parts, because evaluators remember
 * things per execution under numbers that the compiler gives out. Used by one thread.
 */
public final class PlanCompiler {
    private final EvaluatorCompiler evaluators;
    private final int contextMemo;
    /** Numbers of the enclosing rows that are known where compilation stands. */
    private final Set<Integer> outerRows = new HashSet<>();
    /** Working tables that change while the statement runs: nothing that reads them may be remembered. */
    private final Set<Integer> changingTables = new HashSet<>();

    /** An expression is compiled anew for each way to run a join or filter, a query inside it once. */
    private final IdentityHashMap<RexSubQuery, Compiled> subqueries = new IdentityHashMap<>();
    /** The same in the order in which they were met. */
    private final List<QueryPlan.Subquery> inside = new ArrayList<>();

    private boolean readsLive;

    private record Compiled(Set<Integer> outerRows, Evaluator evaluator) {}

    private final JoinCompiler joins;
    private final OrderCompiler orders;

    public PlanCompiler() {
        evaluators = new EvaluatorCompiler(this::subquery);
        contextMemo = evaluators.newMemo();
        joins = new JoinCompiler(this);
        orders = new OrderCompiler(this);
    }

    /** Optimises and compiles a tree. */
    public QueryPlan plan(RelNode tree) {
        RelNode optimised = Optimizer.optimise(tree);
        subqueries.clear();
        inside.clear();
        Operator root = compile(optimised);
        return new QueryPlan(
                root,
                List.copyOf(inside),
                contextMemo,
                Correlations.of(optimised).readsTables());
    }

    /** Compiles an expression that sees no row, or the row it is given. */
    public Evaluator expression(RexNode node) {
        return evaluators.compile(node);
    }

    Operator compile(RelNode node) {
        return switch (node) {
            case TableNode table -> scan(table, null);
            case ValuesNode values ->
                new ValueRows(
                        columns(values),
                        values.rows().stream().map(this::expressions).toList());
            case Values values -> literals(values);
            case WorkingTableNode table -> new WorkingTableScan(columns(table), table.workingTable());
            case TableFunctionNode functions -> functions(functions);
            case RecursiveNode recursion -> recursion(recursion);
            case WithNode with -> with(with);
            case PolicyNode policy -> compile(policy.getInput());
            case WindowNode window -> new WindowCompiler(this).compile(window);
            case org.apache.calcite.rel.core.Filter filter -> filter(filter);
            case org.apache.calcite.rel.core.Project project ->
                new Project(
                        compile(project.getInput()),
                        expressions(project.getProjects()),
                        text(project.getInput()).of(project.getProjects()));
            case Sort sort -> orders.sort(sort);
            case Aggregate aggregate -> new GroupingCompiler(this).compile(aggregate);
            case Join join -> joins.join(join);
            case org.apache.calcite.rel.core.Correlate correlate -> joins.correlate(correlate);
            case Union union -> union(union);
            case Intersect intersect -> match(intersect.getInputs(), intersect.all, true);
            case Minus minus -> match(minus.getInputs(), minus.all, false);
            default ->
                throw new CodedException(ErrorCode.INTERNAL, "relational operator cannot be executed")
                        .with("operator", node.getRelTypeName());
        };
    }

    List<Evaluator> expressions(List<? extends RexNode> nodes) {
        return nodes.stream().map(evaluators::compile).toList();
    }

    EvaluatorCompiler evaluators() {
        return evaluators;
    }

    OrderCompiler orders() {
        return orders;
    }

    JoinCompiler joins() {
        return joins;
    }

    static int columns(RelNode node) {
        return node.getRowType().getFieldCount();
    }

    static List<ColumnType> types(RelNode node) {
        return node.getRowType().getFieldList().stream()
                .map(field -> RelTypes.columnType(field.getType()))
                .toList();
    }

    static ExpressionText text(RelNode input) {
        return new ExpressionText(input.getRowType().getFieldNames());
    }

    /** Reads all columns of a row as a key. */
    static KeyReader wholeRow(RelNode node) {
        return new KeyReader(IntStream.range(0, columns(node)).toArray(), types(node));
    }

    private Operator filter(org.apache.calcite.rel.core.Filter filter) {
        Operator byIndex = filter.getInput() instanceof TableNode table ? scan(table, filter.getCondition()) : null;
        if (byIndex instanceof TableScan scan && scan.isByIndex()) {
            return scan;
        }
        Operator input = compile(filter.getInput());
        if (!outerRows.isEmpty() && isConstantInput(filter.getInput())) {
            Operator keyed = new CorrelatedFilter(this).compile(filter, input);
            if (keyed != null) {
                return keyed;
            }
        }
        return byIndex != null
                ? byIndex
                : new Filter(
                        input,
                        evaluators.compile(filter.getCondition()),
                        text(filter.getInput()).of(filter.getCondition()));
    }

    /** Whether a tree gives the same rows throughout an execution. */
    private boolean isConstantInput(RelNode node) {
        Correlations correlations = Correlations.of(node);
        return correlations.free().isEmpty() && !readsChangingTables(correlations);
    }

    TableScan scan(TableNode table, @Nullable RexNode condition) {
        return scan(table, condition, AccessPaths.choose(table.schema(), condition, evaluators, text(table)));
    }

    /** Whether something it has compiled reads what is kept live. */
    public boolean readsLive() {
        return readsLive;
    }

    TableScan scan(TableNode table, @Nullable RexNode condition, AccessPath path) {
        readsLive |= SystemTables.isLive(table.schema().tableId());
        ExpressionText text = text(table);
        return new TableScan(
                table.schema(),
                table.rowId(),
                path,
                condition == null ? null : evaluators.compile(condition),
                condition == null ? "" : text.of(condition));
    }

    private Operator literals(Values values) {
        List<List<Evaluator>> rows = new ArrayList<>();
        List<? extends List<? extends RexNode>> tuples = values.getTuples();
        for (List<? extends RexNode> tuple : tuples) {
            rows.add(expressions(tuple));
        }
        return new ValueRows(columns(values), rows);
    }

    private Operator functions(TableFunctionNode node) {
        List<FunctionRows.Call> calls = node.calls().stream()
                .map(call -> new FunctionRows.Call(call.function(), expressions(call.arguments())))
                .toList();
        return new TableFunctionScan(columns(node), calls, node.ordinality());
    }

    private Operator recursion(RecursiveNode node) {
        Operator seed = compile(node.seed());
        changingTables.add(node.workingTable());
        Operator step = compile(node.step());
        changingTables.remove(node.workingTable());
        return new Recursion(seed, step, node.workingTable(), node.all() ? null : wholeRow(node));
    }

    private Operator with(WithNode node) {
        Operator definition = compile(node.definition());
        // One that depends on an enclosing row is computed anew for each: what reads it changes, too.
        boolean changes = !isConstantInput(node.definition());
        if (changes) {
            changingTables.add(node.workingTable());
        }
        Operator body = compile(node.body());
        changingTables.remove(node.workingTable());
        return new WithDefinition(definition, body, node.workingTable());
    }

    private Operator union(Union union) {
        Operator all = SetOperations.unionAll(
                union.getInputs().stream().map(this::compile).toList());
        return union.all ? all : SetOperations.distinct(all, wholeRow(union));
    }

    /** INTERSECT and EXCEPT of several inputs, from left to right. */
    private Operator match(List<RelNode> inputs, boolean all, boolean intersect) {
        KeyReader key = wholeRow(inputs.getFirst());
        Operator result = compile(inputs.getFirst());
        for (RelNode input : inputs.subList(1, inputs.size())) {
            Operator right = compile(input);
            result = intersect
                    ? SetOperations.intersect(result, right, key, all)
                    : SetOperations.except(result, right, key, all);
        }
        return result;
    }

    /** Compiles a tree that sees one more enclosing row. */
    Operator compileBelow(int correlation, RelNode node) {
        boolean added = outerRows.add(correlation);
        Operator operator = compile(node);
        if (added) {
            outerRows.remove(correlation);
        }
        return operator;
    }

    private Evaluator subquery(RexSubQuery subquery, EvaluatorCompiler compiler) {
        Compiled known = subqueries.get(subquery);
        if (known != null && known.outerRows().equals(outerRows)) {
            return known.evaluator();
        }
        Set<Integer> visible = Set.copyOf(outerRows);
        Correlations correlations = Correlations.of(subquery.rel);
        Set<Integer> own = correlations.free();
        own.removeAll(outerRows);
        boolean changes = !isConstantInput(subquery.rel);
        outerRows.addAll(own);
        Operator operator = compile(subquery.rel);
        outerRows.removeAll(own);
        int[] rows = own.stream().mapToInt(Integer::intValue).toArray();
        Subplan subplan = new Subplan(operator, rows, contextMemo);
        Evaluator evaluator = SubqueryEvaluators.of(
                subquery, subplan, expressions(subquery.getOperands()), changes ? -1 : compiler.newMemo());
        Evaluator result = changes ? remembered(evaluator, subquery, subplan, correlations, own) : evaluator;
        subqueries.put(subquery, new Compiled(visible, result));
        inside.add(new QueryPlan.Subquery(operator, changes));
        return result;
    }

    /** The same, remembering its values if they are small and follow from some columns of the outer rows. */
    private Evaluator remembered(
            Evaluator evaluator, RexSubQuery subquery, Subplan subplan, Correlations correlations, Set<Integer> own) {
        List<Correlations.Column> deciding = correlations.deciding();
        boolean small = subquery.getKind() == SqlKind.SCALAR_QUERY || subquery.getKind() == SqlKind.EXISTS;
        if (!small || deciding == null || readsChangingTables(correlations)) {
            return evaluator;
        }
        List<RememberedResults.OuterColumn> columns = deciding.stream()
                .map(column -> new RememberedResults.OuterColumn(
                        column.correlation(), column.column(), own.contains(column.correlation())))
                .toList();
        return new RememberedResults(evaluator, subplan, columns, evaluators.newMemo());
    }

    private boolean readsChangingTables(Correlations correlations) {
        return correlations.workingTables().stream().anyMatch(changingTables::contains);
    }
}
