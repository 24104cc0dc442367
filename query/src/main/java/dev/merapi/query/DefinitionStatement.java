package dev.merapi.query;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.query.exec.PlanCompiler;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.schema.CheckColumns;
import dev.merapi.query.exec.schema.Definer;
import dev.merapi.query.sql.BoundDdl;
import dev.merapi.store.ReadView;
import dev.merapi.store.Transaction;
import java.util.List;

/** A statement about the schema. Not planned ahead: it runs once. */
record DefinitionStatement(PlanSource source, BoundDdl statement, CheckColumns checks) implements Prepared {
    @Override
    public StatementKind kind() {
        return StatementKind.DEFINITION;
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public List<ColumnType> parameterTypes() {
        return statement.parameterTypes();
    }

    @Override
    public RowType resultType() {
        return RowType.EMPTY;
    }

    @Override
    public SqlResult run(ReadView view, Execution execution) {
        throw new CodedException(
                        ErrorCode.WRITE_IN_QUERY, "statement changes the schema, and only reading is possible here")
                .hint("execute it instead of querying");
    }

    @Override
    public SqlResult execute(Transaction transaction, Execution execution) {
        if (!execution.session().privileged()) {
            throw SessionInfo.denied(execution.session(), statement.command());
        }
        if (!source.fits(transaction.catalog())) {
            return source.replanned(transaction.catalog(), execution.session()).execute(transaction, execution);
        }
        return Atomically.run(transaction, () -> {
            QueryContext context = Statements.context(
                    transaction,
                    execution,
                    ParameterValues.convert(parameterTypes(), execution.parameters()),
                    transaction::nextSequence,
                    source.engine().options(),
                    false);
            Definer definer = new Definer(transaction, context, new PlanCompiler(), checks);
            Definer.Defined defined = definer.execute(statement);
            transaction.endStatement();
            return new SqlResult(defined.command(), RowType.EMPTY, List.of(), defined.rows());
        });
    }
}
