package dev.merapi.query;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.store.ReadView;
import dev.merapi.store.Transaction;
import java.util.List;

/** EXPLAIN [ANALYZE]: the plan of a statement; with ANALYZE it is run, and what it writes stays written. */
record ExplainStatement(PlanSource source, RowStatement statement, boolean analyze) implements Prepared {
    static CodedException hasNoPlan() {
        return new CodedException(ErrorCode.UNSUPPORTED_SQL, "statement has no plan to explain")
                .hint("explain a SELECT, INSERT, UPDATE or DELETE");
    }

    @Override
    public StatementKind kind() {
        return StatementKind.EXPLAIN;
    }

    @Override
    public boolean writes() {
        return analyze && statement.writes();
    }

    @Override
    public List<ColumnType> parameterTypes() {
        return statement.parameterTypes();
    }

    @Override
    public RowType resultType() {
        return RowStatement.planType();
    }

    @Override
    public SqlResult run(ReadView view, Execution execution) {
        if (writes()) {
            return statement.run(view, execution); // refuses
        }
        if (!source.fits(view.catalog())) {
            return source.replanned(view.catalog(), execution.session()).run(view, execution);
        }
        return SqlEngine.guarded(() -> {
            QueryContext context = statement.writes()
                    ? Statements.context(
                            view,
                            execution,
                            List.of(),
                            NO_SEQUENCES,
                            source.engine().options(),
                            false)
                    : statement.context(view, execution, analyze);
            if (analyze) {
                statement.run(context);
            }
            return result(context);
        });
    }

    private static final dev.merapi.query.expr.EvalContext.Sequences NO_SEQUENCES =
            dev.merapi.query.expr.EvalContext.Sequences.NONE;

    @Override
    public SqlResult execute(Transaction transaction, Execution execution) {
        if (!writes()) {
            return run(transaction, execution);
        }
        if (!source.fits(transaction.catalog())) {
            return source.replanned(transaction.catalog(), execution.session()).execute(transaction, execution);
        }
        return Atomically.run(transaction, () -> {
            QueryContext context = statement.context(transaction, execution, true);
            statement.execute(transaction, context);
            return result(context);
        });
    }

    private SqlResult result(QueryContext context) {
        return lines(statement.explain(context));
    }

    /** Lines of text as rows. */
    static SqlResult lines(List<String> lines) {
        RowLayout layout = RowLayout.of(RowStatement.planType());
        List<byte[]> rows = lines.stream().map(line -> layout.encode(line)).toList();
        return new SqlResult("EXPLAIN", RowStatement.planType(), rows, rows.size());
    }
}
