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
import dev.merapi.query.sql.BoundSession.SetSetting;
import dev.merapi.query.sql.BoundSession.ShowSetting;
import dev.merapi.query.sql.BoundSession.TransactionControl;
import dev.merapi.store.ReadView;
import dev.merapi.store.Transaction;
import java.util.List;

/**
 * BEGIN and its kin, savepoints, SET and SHOW. Where a transaction begins and ends is for its caller to say ({@link
 * SqlEngine#transactions}), and a setting can only be set to what it is: so but for savepoints, all that happens here
 * is the answer.
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
        if (statement instanceof SavepointControl control) {
            switch (control.step()) {
                case SAVEPOINT -> transaction.named().set(control.name());
                case ROLLBACK -> transaction.named().rollbackTo(control.name());
                case RELEASE -> transaction.named().release(control.name());
            }
            return SqlResult.of(control.step().name());
        }
        return run(transaction, execution);
    }
}
