package dev.merapi.query;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.query.exec.QueryPlan;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.write.WritePlan;
import dev.merapi.query.exec.write.Writer;
import dev.merapi.query.exec.write.Written;
import dev.merapi.store.ReadView;
import dev.merapi.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that writes rows: some common table expressions that write, then the statement itself, which may be a
 * query. All parts read the tables as they were before the statement.
 */
record WriteStatement(PlanSource source, List<ColumnType> parameterTypes, List<Step> steps, Main main)
        implements RowStatement {
    /** A writing common table expression and the working table in which its RETURNING rows are found. */
    record Step(int workingTable, WritePlan plan) {}

    /** The statement itself. */
    sealed interface Main {}

    /** A query. */
    record Rows(RowType type, QueryPlan plan) implements Main {}

    /** INSERT, UPDATE or DELETE; {@code returned} is null without RETURNING. */
    record Write(WritePlan plan, @Nullable RowType returned) implements Main {}

    /** MERGE, by its parts. */
    record Merge(List<WritePlan> parts) implements Main {}

    @Override
    public StatementKind kind() {
        return switch (main) {
            case Rows rows -> StatementKind.QUERY;
            case Merge merge -> StatementKind.MERGE;
            case Write write ->
                switch (write.plan()) {
                    case WritePlan.InsertPlan insert -> StatementKind.INSERT;
                    case WritePlan.UpdatePlan update -> StatementKind.UPDATE;
                    case WritePlan.DeletePlan delete -> StatementKind.DELETE;
                };
        };
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public RowType resultType() {
        return switch (main) {
            case Rows rows -> rows.type();
            case Merge merge -> RowType.EMPTY;
            case Write write -> write.returned() == null ? RowType.EMPTY : write.returned();
        };
    }

    @Override
    public SqlResult run(ReadView view, Execution execution) {
        throw new CodedException(ErrorCode.WRITE_IN_QUERY, "statement writes, and only reading is possible here")
                .with("statement", kind())
                .hint("execute it instead of querying");
    }

    @Override
    public SqlResult execute(Transaction transaction, Execution execution) {
        if (!source.fits(transaction.catalog())) {
            return source.replanned(transaction.catalog(), execution.session()).execute(transaction, execution);
        }
        return Atomically.run(transaction, () -> execute(transaction, context(transaction, execution, false)));
    }

    @Override
    public QueryContext context(Transaction transaction, Execution execution, boolean counting) {
        ReadView view = readsWhileWriting() ? transaction.view() : transaction;
        return Statements.context(
                view,
                execution,
                ParameterValues.convert(parameterTypes, execution.parameters()),
                transaction::nextSequence,
                source.engine().options(),
                counting);
    }

    @Override
    public QueryContext context(ReadView view, Execution execution, boolean counting) {
        throw new IllegalStateException("a writing statement needs a transaction");
    }

    private boolean readsWhileWriting() {
        boolean reads = switch (main) {
            case Rows rows -> false;
            case Merge merge -> true;
            case Write write -> write.plan().readsWhileWriting();
        };
        return reads || !steps.isEmpty();
    }

    @Override
    public SqlResult run(QueryContext context) {
        throw new IllegalStateException("a writing statement needs a transaction");
    }

    @Override
    public SqlResult execute(Transaction transaction, QueryContext context) {
        SqlOptions options = source.engine().options();
        Writer writer = new Writer(transaction, context);
        for (Step step : steps) {
            context.bindWorkingTable(
                    step.workingTable(), writer.execute(step.plan()).returned());
        }
        SqlResult result = switch (main) {
            case Rows rows -> {
                List<byte[]> encoded =
                        Statements.encode(rows.type(), rows.plan().open(context), options);
                yield new SqlResult("SELECT", rows.type(), encoded, encoded.size());
            }
            case Merge merge -> new SqlResult(kind().name(), resultType(), List.of(), writer.merge(merge.parts()));
            case Write write -> {
                Written written = writer.execute(write.plan());
                List<byte[]> encoded = Statements.encode(resultType(), written.returned(), options);
                yield new SqlResult(kind().name(), resultType(), encoded, written.count());
            }
        };
        transaction.endStatement();
        return result;
    }

    @Override
    public List<String> explain(QueryContext context) {
        List<String> lines = new ArrayList<>();
        for (Step step : steps) {
            lines.addAll(explain(step.plan(), context));
        }
        switch (main) {
            case Rows rows -> lines.addAll(rows.plan().explain(context));
            case Merge merge -> merge.parts().forEach(part -> lines.addAll(explain(part, context)));
            case Write write -> lines.addAll(explain(write.plan(), context));
        }
        return lines;
    }

    private static List<String> explain(WritePlan plan, QueryContext context) {
        String verb = switch (plan) {
            case WritePlan.InsertPlan insert -> "Insert on ";
            case WritePlan.UpdatePlan update -> "Update on ";
            case WritePlan.DeletePlan delete -> "Delete on ";
        };
        List<String> lines = new ArrayList<>();
        lines.add(verb + plan.table().name());
        for (String line : plan.source().explain(context)) {
            lines.add(lines.size() == 1 ? "  ->  " + line : "  " + line);
        }
        return lines;
    }
}
