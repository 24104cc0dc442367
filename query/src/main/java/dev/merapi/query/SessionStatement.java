package dev.merapi.query;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.sql.BoundSession;
import dev.merapi.query.sql.BoundSession.SavepointControl;
import dev.merapi.query.sql.BoundSession.SetClaims;
import dev.merapi.query.sql.BoundSession.SetRole;
import dev.merapi.query.sql.BoundSession.SetSetting;
import dev.merapi.query.sql.BoundSession.ShowSetting;
import dev.merapi.query.sql.BoundSession.TransactionControl;
import dev.merapi.store.ReadView;
import dev.merapi.store.Transaction;
import java.util.List;

/**
 * BEGIN and its kin, savepoints, SET and SHOW. Where a transaction begins and ends is for its caller to say ({@link
 * SqlEngine#transactions}), role and claims belong to the caller's {@link RequestSession}, and any other setting can
 * only be set to what it is: so but for savepoints, all that happens here is the answer.
 */
record SessionStatement(BoundSession statement) implements Prepared {
    @Override
    public StatementKind kind() {
        return statement instanceof TransactionControl ? StatementKind.TRANSACTION : StatementKind.SESSION;
    }

    @Override
    public boolean writes() {
        return statement instanceof SavepointControl;
    }

    @Override
    public List<ColumnType> parameterTypes() {
        return statement.parameterTypes();
    }

    @Override
    public RowType resultType() {
        return statement instanceof ShowSetting show
                ? RowType.of(Column.required(SettingValues.title(show.name()), ScalarType.TEXT))
                : RowType.EMPTY;
    }

    @Override
    public SqlResult run(ReadView view, Execution execution) {
        return switch (statement) {
            case TransactionControl control -> SqlResult.of(control.verb().name());
            case SavepointControl control ->
                throw new CodedException(ErrorCode.WRITE_IN_QUERY, "savepoints belong to a writing request")
                        .hint("execute the statements instead of querying");
            case SetRole set -> throw RequestSession.nothingFollows();
            case SetClaims set -> throw RequestSession.nothingFollows();
            case SetSetting set -> SqlResult.of("SET");
            case ShowSetting show -> show(show, execution);
        };
    }

    private SqlResult show(ShowSetting show, Execution execution) {
        byte[] row = RowLayout.of(resultType()).encode(SettingValues.of(show.name(), execution.session()));
        return new SqlResult("SHOW", resultType(), List.of(row), 1);
    }

    @Override
    public SqlResult execute(Transaction transaction, Execution execution) {
        return switch (statement) {
            case SavepointControl control -> {
                switch (control.step()) {
                    case SAVEPOINT -> transaction.named().set(control.name());
                    case ROLLBACK -> transaction.named().rollbackTo(control.name());
                    case RELEASE -> transaction.named().release(control.name());
                }
                yield SqlResult.of(control.step().name());
            }
            case SetRole set -> SqlResult.of("SET");
            case SetClaims set -> SqlResult.of("SET");
            case TransactionControl control -> run(transaction, execution);
            case SetSetting set -> run(transaction, execution);
            case ShowSetting show -> run(transaction, execution);
        };
    }

    @Override
    public void changeSession(RequestSession session) {
        switch (statement) {
            case SavepointControl control -> {
                switch (control.step()) {
                    case SAVEPOINT -> session.savepoint(control.name());
                    case ROLLBACK -> session.rollbackTo(control.name());
                    case RELEASE -> session.release(control.name());
                }
            }
            case SetRole set -> session.setRole(set.role(), set.local());
            case SetClaims set -> session.setClaims(set.claims(), set.local());
            case SetSetting set -> {
                if (set.name().equals("all")) {
                    session.setClaims(null, false); // RESET ALL, which leaves the role as PostgreSQL does
                }
            }
            case ShowSetting show -> session.used();
            case TransactionControl control -> {}
        }
    }
}
