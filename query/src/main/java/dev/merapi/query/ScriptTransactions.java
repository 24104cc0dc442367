package dev.merapi.query;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ParsedStatement;
import dev.merapi.query.sql.ast.Statement.TransactionControl;
import java.util.ArrayList;
import java.util.List;

/** Cuts a script where its transactions end. */
final class ScriptTransactions {
    private final List<ScriptTransaction> transactions = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private int begun = -1;

    private ScriptTransactions() {}

    static List<ScriptTransaction> of(List<ParsedStatement> statements) {
        ScriptTransactions script = new ScriptTransactions();
        statements.forEach(script::add);
        if (script.begun >= 0) {
            throw new CodedException(
                            ErrorCode.TRANSACTION_NOT_CLOSED,
                            "a transaction is begun and not ended in the same request")
                    .at(script.begun + 1)
                    .hint("send BEGIN, the statements and COMMIT together; all statements of a request are one"
                            + " transaction anyway");
        }
        script.end(ScriptTransaction.End.COMMIT);
        return script.transactions;
    }

    private void add(ParsedStatement statement) {
        if (!(statement.tree() instanceof TransactionControl control)) {
            open.add(statement.sql());
            offsets.add(statement.offset());
            return;
        }
        switch (control.verb()) {
            case BEGIN -> begun = begun < 0 ? statement.offset() : begun;
            case COMMIT -> end(ScriptTransaction.End.COMMIT);
            case ROLLBACK -> end(ScriptTransaction.End.ROLLBACK);
        }
    }

    private void end(ScriptTransaction.End end) {
        if (!open.isEmpty()) {
            transactions.add(new ScriptTransaction(open, offsets, end));
            open.clear();
            offsets.clear();
        }
        begun = -1;
    }
}
