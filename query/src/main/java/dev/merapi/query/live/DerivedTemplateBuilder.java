package dev.merapi.query.live;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.ParameterValues;
import dev.merapi.query.exec.PlanCompiler;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowOrder;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.live.tree.ParameterLifting;
import dev.merapi.query.live.tree.ProvenKey;
import dev.merapi.query.live.tree.ReadTables;
import dev.merapi.query.plan.Optimizer;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.sql.SqlExplainLevel;
import org.jspecify.annotations.Nullable;

/** Takes any bound query apart into what its template shares and what becomes a parameter. */
final class DerivedTemplateBuilder {
    private final BoundQuery bound;
    private final ParameterLifting lifting;

    DerivedTemplateBuilder(BoundQuery bound) {
        this.bound = bound;
        this.lifting = new ParameterLifting(
                bound.rel().getCluster().getRexBuilder(), bound.parameterTypes().size());
    }

    Outcome build() {
        ReadTables.of(bound.rel());
        RelNode lifted = lift(bound.rel());
        RelNode optimised = Optimizer.optimise(lifted);
        ReadTables read = ReadTables.of(lifted);
        DerivedTemplate template = new DerivedTemplate(
                digest(lifted, read.tables()),
                new PlanCompiler().plan(lifted),
                read.tables(),
                bound.rowType(),
                ProvenKey.of(optimised),
                order(bound.rel()));
        EvaluatorCompiler compiler = new EvaluatorCompiler();
        List<Evaluator> liftedValues =
                lifting.lifted().stream().map(compiler::compile).toList();
        return new Outcome(template, bound.parameterTypes(), liftedValues, read.asksForCaller());
    }

    /** Constants stay where they shape the result: in LIMIT, in VALUES, in what is grouped by position. */
    private RelNode lift(RelNode node) {
        List<RelNode> inputs = node.getInputs().stream().map(this::lift).toList();
        RelNode copy = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        boolean computes = copy instanceof Filter || copy instanceof Project || copy instanceof Join;
        return computes ? copy.accept(lifting) : copy;
    }

    private String digest(RelNode lifted, List<TableSchema> tables) {
        StringBuilder digest = new StringBuilder(
                RelOptUtil.toString(lifted, SqlExplainLevel.DIGEST_ATTRIBUTES).strip());
        for (TableSchema table : tables) {
            digest.append("\ntable ")
                    .append(table.tableId())
                    .append(" v")
                    .append(table.rowType().hashCode());
        }
        digest.append("\ncolumns");
        for (Column column : bound.rowType().columns()) {
            digest.append(' ')
                    .append(column.name())
                    .append(' ')
                    .append(column.type().sqlName());
        }
        return digest.toString();
    }

    private static @Nullable RowOrder order(RelNode rel) {
        if (rel instanceof Sort sort
                && !sort.getCollation().getFieldCollations().isEmpty()) {
            List<ColumnType> types = rel.getRowType().getFieldList().stream()
                    .map(field -> RelTypes.columnType(field.getType()))
                    .toList();
            return new RowOrder(sort.getCollation().getFieldCollations(), types);
        }
        return null;
    }

    /**
     * A compiled text: the template and how to get its parameters out of a request.
     *
     * @param liftedValues what takes the parameter numbers behind the request's own
     * @param asksForCaller whether a query inside an expression asks who the caller is
     */
    record Outcome(
            DerivedTemplate template,
            List<ColumnType> parameterTypes,
            List<Evaluator> liftedValues,
            boolean asksForCaller)
            implements LiveCompiler.Compiled {
        @Override
        public List<String> explain(ReadView view) {
            List<String> lines = new ArrayList<>();
            lines.add("Run again when a commit changes what it reads, and compared with the rows before");
            lines.add("  Tables: " + names(template.tables()));
            lines.add("  Key: " + columns(template));
            EvalContext none = EvalContext.ofParameters(List.of());
            for (String line : template.plan().explain(new QueryContext(view, none, 0))) {
                lines.add("  " + line);
            }
            return lines;
        }

        private static String names(List<TableSchema> tables) {
            return tables.isEmpty()
                    ? "none"
                    : String.join(
                            ", ",
                            tables.stream()
                                    .map(table -> table.name().toString())
                                    .toList());
        }

        private static String columns(DerivedTemplate template) {
            return template.keyColumns().isEmpty()
                    ? "none: a changed row is one that goes and one that comes"
                    : String.join(
                            ", ",
                            template.keyColumns().stream()
                                    .map(column ->
                                            template.rowType().column(column).name())
                                    .toList());
        }

        @Override
        public DerivedQuery query(LiveRequest request, LiveLimits limits) {
            List<@Nullable Object> parameters =
                    new ArrayList<>(ParameterValues.convert(parameterTypes, request.parameters()));
            EvalContext context = RequestParameters.context(parameters, request.session());
            List<@Nullable Object> all = new ArrayList<>(parameters);
            for (Evaluator lifted : liftedValues) {
                all.add(lifted.eval(ArrayRow.EMPTY, context));
            }
            return new DerivedQuery(
                    template,
                    Collections.unmodifiableList(all),
                    asksForCaller ? context.caller() : EvalContext.Caller.NOBODY,
                    limits);
        }
    }
}
