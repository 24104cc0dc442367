package dev.merapi.query;

import dev.merapi.store.Savepoint;
import dev.merapi.store.Transaction;
import java.util.function.Supplier;

/** Lets a statement have all of its effects or none. */
final class Atomically {
    private Atomically() {}

    static SqlResult run(Transaction transaction, Supplier<SqlResult> statement) {
        Savepoint savepoint = transaction.savepoint();
        boolean done = false;
        try {
            SqlResult result = SqlEngine.guarded(statement);
            done = true;
            return result;
        } finally {
            if (!done) {
                transaction.rollbackTo(savepoint);
            }
        }
    }
}
