package dev.merapi.query.live;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.ParameterValues;
import dev.merapi.query.dataflow.CircuitCompiler;
import dev.merapi.query.dataflow.CircuitCompiler.Compiled;
import dev.merapi.query.dataflow.CircuitTemplate;
import dev.merapi.query.exec.PlanCompiler;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.eval.EvaluatorCompiler;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.live.tree.ParameterLifting;
import dev.merapi.query.live.tree.ReadTables;
import dev.merapi.query.plan.Optimizer;
import dev.merapi.query.plan.ProvenKey;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlExplainLevel;
import org.jspecify.annotations.Nullable;

/** Takes any bound query apart into what its template shares and what becomes a parameter. */
final class DerivedTemplateBuilder {
    private final BoundQuery bound;
    private final ParameterLifting lifting;

    DerivedTemplateBuilder(BoundQuery bound) {
        this.bound = bound;
        this.lifting = ParameterLifting.behind(
                bound.rel().getCluster().getRexBuilder(), bound.parameterTypes().size());
    }

    Outcome build() {
        boolean asksForCaller = ReadTables.of(bound.rel()).asksForCaller();
        RelNode lifted = lifting.liftConditions(bound.rel());
        List<RexNode> constants = lifting.lifted();
        Compiled compiled = compile(lifted, constants.size());
        if (compiled instanceof Compiled.Unsupported && !asksForCaller) {
            Compiled withConstants = compile(bound.rel(), 0);
            if (withConstants instanceof Compiled.Maintained) {
                compiled = withConstants;
                lifted = bound.rel();
                constants = List.of();
            }
        }
        return outcome(lifted, constants, compiled);
    }

    private Compiled compile(RelNode tree, int lifted) {
        return ReadTables.of(tree).asksForCaller()
                ? new Compiled.Unsupported("asks who the caller is outside of a condition")
                : CircuitCompiler.compile(tree, bound.parameterTypes().size() + lifted);
    }

    private Outcome outcome(RelNode tree, List<RexNode> constants, Compiled compiled) {
        ReadTables read = ReadTables.of(tree);
        DerivedTemplate template = new DerivedTemplate(
                digest(tree, read.tables()),
                new PlanCompiler()
                        .plan(compiled instanceof Compiled.Maintained maintained ? maintained.settled() : tree),
                compiled instanceof Compiled.Maintained maintained ? maintained.template() : null,
                compiled instanceof Compiled.Unsupported unsupported ? unsupported.reason() : "",
                read.tables(),
                bound.rowType(),
                ProvenKey.of(Optimizer.optimise(tree)));
        EvaluatorCompiler compiler = new EvaluatorCompiler();
        List<Evaluator> values = constants.stream().map(compiler::compile).toList();
        return new Outcome(template, bound.parameterTypes(), values, read.asksForCaller());
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
        public String digest() {
            return template.toString();
        }

        @Override
        public List<String> explain(ReadView view) {
            List<String> lines = new ArrayList<>();
            CircuitTemplate circuit = template.circuit();
            if (circuit != null) {
                lines.add("Maintained by a circuit, one for all constants and parameters");
            } else {
                lines.add("Run again when a commit changes what it reads, and compared with the rows before");
                lines.add("  Because: " + template.why());
            }
            lines.add("  Tables: " + names(template.tables()));
            lines.add("  Key: " + columns(template));
            if (circuit != null) {
                circuit.explain().forEach(line -> lines.add("  " + line));
                return lines;
            }
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
