package dev.merapi.query.live;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import dev.merapi.query.expr.relation.TableNode;
import dev.merapi.query.live.condition.ConditionSplit;
import dev.merapi.query.live.condition.SelectionPlan;
import dev.merapi.query.live.row.RowProjection;
import dev.merapi.query.live.tree.ParameterLifting;
import dev.merapi.query.live.tree.ReadTables;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Takes a bound query apart into what its template shares and what becomes a parameter.
 *
 * <p>{@code WHERE thread = 17 AND length(body) > $1} over a table becomes: key column {@code thread} with the value
 * {@code 17}; to be asked {@code length(body) > $1}; so all threads share a template, and a new message finds its
 * subscribers by one hash lookup.
 */
final class TableTemplateBuilder {
    private final BoundQuery bound;
    private final ParameterLifting lifting;
    private final EvaluatorCompiler compiler = new EvaluatorCompiler();

    TableTemplateBuilder(BoundQuery bound) {
        this.bound = bound;
        this.lifting = ParameterLifting.anew(bound.rel().getCluster().getRexBuilder());
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
        return assemble(table, conditions, project);
    }

    private Outcome assemble(TableNode table, List<RexNode> conditions, @Nullable Project project) {
        TableSchema schema = table.schema();
        RowLayout layout = RowLayout.of(schema.rowType());
        RexBuilder rexBuilder = table.getCluster().getRexBuilder();
        ConditionSplit condition = new ConditionSplit(schema, layout, lifting, compiler, rexBuilder);
        List<SelectionPlan> selections = condition.split(conditions);

        List<RexNode> outputs = project == null ? identity(table, rexBuilder) : project.getProjects();
        List<RexNode> lifted = outputs.stream().map(lifting::lift).toList();
        RowType rowType = rowType(lifted, schema);
        TableTemplate template = new TableTemplate(
                digest(schema, condition.digest(), lifted, rowType),
                schema,
                selections.stream().map(SelectionPlan::alternative).toList(),
                projection(lifted, layout, rowType),
                rowType,
                resultKey(lifted, schema),
                String.join("; ", condition.explain()));
        List<Evaluator> liftedValues =
                lifting.lifted().stream().map(compiler::compile).toList();
        return new Outcome(template, bound.parameterTypes(), selections, liftedValues, condition.explain());
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

    private static String digest(TableSchema schema, String condition, List<RexNode> outputs, RowType rowType) {
        StringBuilder digest = new StringBuilder("table ")
                .append(schema.tableId())
                .append(" v")
                .append(schema.rowType().hashCode())
                .append(' ')
                .append(condition)
                .append(" show ")
                .append(outputs);
        for (Column column : rowType.columns()) {
            digest.append(' ').append(column.name());
        }
        return digest.toString();
    }

    /**
     * A compiled text: the template and how to get its parameters out of a request.
     *
     * @param selections one for each alternative of the template
     * @param liftedValues the template's parameters
     * @param found how subscribers are found, for people: one line for each alternative
     */
    record Outcome(
            TableTemplate template,
            List<ColumnType> parameterTypes,
            List<SelectionPlan> selections,
            List<Evaluator> liftedValues,
            List<String> found)
            implements LiveCompiler.Compiled {
        @Override
        public String digest() {
            return template.toString();
        }

        @Override
        public List<String> explain(ReadView view) {
            List<String> lines = new ArrayList<>();
            lines.add("Maintained from each changed row of " + template.table().name());
            found.forEach(line -> lines.add("  Subscribers found by: " + line));
            return lines;
        }

        @Override
        public TableQuery query(LiveRequest request, LiveLimits limits) {
            return RequestParameters.query(this, request, limits);
        }
    }
}
