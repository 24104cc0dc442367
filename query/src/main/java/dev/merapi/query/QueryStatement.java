package dev.merapi.query;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.query.exec.QueryPlan;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.store.ReadView;
import dev.merapi.store.Transaction;
import java.util.List;

/** A query that only reads. */
record QueryStatement(PlanSource source, RowType resultType, List<ColumnType> parameterTypes, QueryPlan plan)
        implements RowStatement {
    @Override
    public StatementKind kind() {
        return StatementKind.QUERY;
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public SqlResult run(ReadView view, Execution execution) {
        return source.fits(view.catalog())
                ? SqlEngine.guarded(() -> run(context(view, execution, false)))
                : source.replanned(view.catalog(), execution.session()).run(view, execution);
    }

    @Override
    public SqlResult execute(Transaction transaction, Execution execution) {
        return run(transaction, execution);
    }

    @Override
    public QueryContext context(ReadView view, Execution execution, boolean counting) {
        return Statements.context(
                view,
                execution,
                ParameterValues.convert(parameterTypes, execution.parameters()),
                EvalContext.Sequences.NONE,
                source.engine().options(),
                counting);
    }

    @Override
    public QueryContext context(Transaction transaction, Execution execution, boolean counting) {
        return context((ReadView) transaction, execution, counting);
    }

    @Override
    public SqlResult run(QueryContext context) {
        List<byte[]> rows = Statements.encode(
                resultType, plan.open(context), source.engine().options());
        return new SqlResult("SELECT", resultType, rows, rows.size());
    }

    @Override
    public SqlResult execute(Transaction transaction, QueryContext context) {
        return run(context);
    }

    @Override
    public List<String> explain(QueryContext context) {
        return plan.explain(context);
    }
}
