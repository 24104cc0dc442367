package dev.merapi.query.live;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import dev.merapi.query.expr.eval.RowPredicate;
import dev.merapi.query.expr.relation.TableNode;
import dev.merapi.query.live.row.RowProjection;
import dev.merapi.query.live.tree.ParameterLifting;
import dev.merapi.query.live.tree.ReadTables;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Takes a bound query apart into what its template shares and what becomes a parameter.
 *
 * <p>{@code WHERE thread = 17 AND length(body) > $1} over a table becomes: key column {@code thread} with the value
 * {@code 17}; rest {@code length(body) > $1}; so all threads share a template, and a new message finds its subscribers
 * by one hash lookup.
 */
final class TableTemplateBuilder {
    private final BoundQuery bound;
    private final ParameterLifting lifting;
    private final EvaluatorCompiler compiler = new EvaluatorCompiler();

    /** Expression for the value of each key column, by column. */
    private final Map<Integer, RexNode> keys = new TreeMap<>();

    private final List<RexNode> rest = new ArrayList<>();

    TableTemplateBuilder(BoundQuery bound) {
        this.bound = bound;
        this.lifting = new ParameterLifting(
                bound.rel().getCluster().getRexBuilder(), bound.parameterTypes().size());
    }

    /** Whether a tree filters and projects one table, without queries inside its expressions. */
    static boolean accepts(RelNode rel) {
        RelNode node = rel instanceof Project project ? project.getInput() : rel;
        while (node instanceof Filter filter) {
            node = filter.getInput();
        }
        return node instanceof TableNode table
                && !table.rowId()
                && !ReadTables.of(rel).hasSubqueries();
    }

    /** Takes a tree apart that is {@link #accepts acceptable}. */
    Outcome build(RelNode rel) {
        RelNode node = rel;
        Project project = null;
        if (node instanceof Project top) {
            project = top;
            node = top.getInput();
        }
        List<RexNode> conditions = new ArrayList<>();
        while (node instanceof Filter filter) {
            conditions.addAll(RelOptUtil.conjunctions(filter.getCondition()));
            node = filter.getInput();
        }
        if (!(node instanceof TableNode table)) {
            throw new IllegalArgumentException("not a filter and projection of one table: " + node.getRelTypeName());
        }
        conditions.forEach(condition -> classify(condition, table.schema()));
        return assemble(table, project);
    }

    private void classify(RexNode condition, TableSchema table) {
        if (condition instanceof RexCall call && call.getKind() == SqlKind.EQUALS) {
            RexNode left = call.getOperands().get(0);
            RexNode right = call.getOperands().get(1);
            if (takeKey(left, right, table) || takeKey(right, left, table)) {
                return;
            }
        }
        rest.add(condition);
    }

    private boolean takeKey(RexNode columnSide, RexNode valueSide, TableSchema table) {
        RexNode column = withoutTextCast(columnSide);
        if (!(column instanceof RexInputRef ref) || keys.containsKey(ref.getIndex()) || readsRow(valueSide)) {
            return false;
        }
        ColumnType columnType = table.columns().get(ref.getIndex()).type();
        ColumnType valueType = RelTypes.columnType(valueSide.getType());
        if (!sameEncoding(columnType, valueType)) {
            return false;
        }
        ParameterLifting.requireMaintainable(valueSide);
        keys.put(ref.getIndex(), valueSide);
        return true;
    }

    /** A varchar column is compared as text: the cast changes nothing in the bytes. */
    private static RexNode withoutTextCast(RexNode node) {
        if (node instanceof RexCall call && call.getOperands().size() == 1) {
            ScalarFunction cast = ScalarFunction.of(call.getOperator());
            boolean onlyText = cast != null
                    && cast.resultType() == ScalarType.TEXT
                    && cast.parameterTypes().getFirst() instanceof VarcharType;
            return onlyText ? call.getOperands().getFirst() : node;
        }
        return node;
    }

    private static boolean sameEncoding(ColumnType column, ColumnType value) {
        boolean bothText = isText(column) && isText(value);
        return bothText || column.equals(value);
    }

    private static boolean isText(ColumnType type) {
        return type == ScalarType.TEXT || type instanceof VarcharType;
    }

    private static boolean readsRow(RexNode node) {
        return !RelOptUtil.InputFinder.bits(node).isEmpty();
    }

    private Outcome assemble(TableNode table, @Nullable Project project) {
        TableSchema schema = table.schema();
        RowLayout layout = RowLayout.of(schema.rowType());
        int[] keyColumns = keys.keySet().stream().mapToInt(Integer::intValue).toArray();
        RexBuilder rexBuilder = table.getCluster().getRexBuilder();

        RexNode condition = RexUtil.composeConjunction(rexBuilder, rest, true);
        RexNode liftedRest = condition == null ? null : lifting.lift(condition);
        RowPredicate predicate = liftedRest == null ? null : compiler.compilePredicate(liftedRest, layout);

        List<RexNode> outputs = project == null ? identity(table, rexBuilder) : project.getProjects();
        List<RexNode> lifted = outputs.stream().map(lifting::lift).toList();
        RowType rowType = rowType(lifted, schema);
        TableTemplate template = new TableTemplate(
                digest(schema, keyColumns, liftedRest, lifted, rowType),
                schema,
                keyColumns,
                predicate,
                projection(lifted, layout, rowType),
                rowType,
                resultKey(lifted, schema));
        List<Evaluator> keyValues =
                keys.values().stream().map(compiler::compile).toList();
        List<Evaluator> liftedValues =
                lifting.lifted().stream().map(compiler::compile).toList();
        return new Outcome(template, bound.parameterTypes(), keyValues, liftedValues);
    }

    private static List<RexNode> identity(TableNode table, RexBuilder rexBuilder) {
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < table.schema().columns().size(); i++) {
            outputs.add(rexBuilder.makeInputRef(table, i));
        }
        return outputs;
    }

    /** The columns as the client sees them; those copied from the table keep its nullability, for their bytes do. */
    private RowType rowType(List<RexNode> outputs, TableSchema schema) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Column column = bound.rowType().column(i);
            if (outputs.get(i) instanceof RexInputRef ref) {
                Column source = schema.columns().get(ref.getIndex()).column();
                column = new Column(column.name(), source.type(), source.nullable());
            }
            columns.add(column);
        }
        return new RowType(columns);
    }

    private RowProjection projection(List<RexNode> outputs, RowLayout layout, RowType rowType) {
        if (!outputs.stream().allMatch(RexInputRef.class::isInstance)) {
            boolean usesParameters = outputs.stream().anyMatch(ParameterLifting::readsParameter);
            List<Evaluator> expressions =
                    outputs.stream().map(compiler::compile).toList();
            return new RowProjection.Computed(layout, expressions, RowLayout.of(rowType), usesParameters);
        }
        int[] columns = outputs.stream()
                .mapToInt(output -> ((RexInputRef) output).getIndex())
                .toArray();
        boolean whole = columns.length == layout.columnCount();
        for (int i = 0; i < columns.length && whole; i++) {
            whole = columns[i] == i;
        }
        return whole ? new RowProjection.Whole() : new RowProjection.Columns(layout, columns);
    }

    private static List<Integer> resultKey(List<RexNode> outputs, TableSchema schema) {
        List<Integer> positions = new ArrayList<>();
        for (int keyColumn : schema.primaryKeyColumns()) {
            int position = -1;
            for (int i = 0; i < outputs.size() && position < 0; i++) {
                if (outputs.get(i) instanceof RexInputRef ref && ref.getIndex() == keyColumn) {
                    position = i;
                }
            }
            if (position < 0) {
                return List.of();
            }
            positions.add(position);
        }
        return positions;
    }

    private static String digest(
            TableSchema schema, int[] keyColumns, @Nullable RexNode rest, List<RexNode> outputs, RowType rowType) {
        StringBuilder digest = new StringBuilder("table ")
                .append(schema.tableId())
                .append(" v")
                .append(schema.rowType().hashCode())
                .append(" key ");
        for (int column : keyColumns) {
            digest.append(schema.columns().get(column).name()).append(' ');
        }
        digest.append("where ").append(rest).append(" show ").append(outputs);
        for (Column column : rowType.columns()) {
            digest.append(' ').append(column.name());
        }
        return digest.toString();
    }

    /**
     * A compiled text: the template and how to get its parameters out of a request.
     *
     * @param keyValues one per key column, ascending by column
     * @param liftedValues what takes the parameter numbers behind the request's own
     */
    record Outcome(
            TableTemplate template,
            List<ColumnType> parameterTypes,
            List<Evaluator> keyValues,
            List<Evaluator> liftedValues)
            implements LiveCompiler.Compiled {
        @Override
        public List<String> explain(ReadView view) {
            TableSchema table = template.table();
            List<String> lines = new ArrayList<>();
            lines.add("Maintained from each changed row of " + table.name());
            List<String> keys = Arrays.stream(template.keyColumns())
                    .mapToObj(column -> table.columns().get(column).name())
                    .toList();
            lines.add("  Subscribers found by: " + (keys.isEmpty() ? "all are asked" : "hash of " + keys));
            lines.add("  Condition per distinct parameters: " + (template.hasRest() ? "yes" : "none"));
            return lines;
        }

        @Override
        public TableQuery query(LiveRequest request, LiveLimits limits) {
            return RequestParameters.query(this, request, limits);
        }
    }
}
