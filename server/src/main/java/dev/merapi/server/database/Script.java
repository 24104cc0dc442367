package dev.merapi.server.database;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.Execution;
import dev.merapi.query.Prepared;
import dev.merapi.query.RequestSession;
import dev.merapi.query.ScriptTransaction;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlResult;
import dev.merapi.query.StatementKind;
import dev.merapi.query.system.LiveDescription;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.store.Savepoint;
import dev.merapi.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one request: one transaction, or, when a single text says BEGIN and COMMIT more than once, several
 * in a row. Runs once, on the writer's thread.
 */
final class Script implements Request.Work<List<SqlResult>> {
    private static final int ROW_OVERHEAD_BYTES = 4;

    private final SqlEngine engine;
    private final SqlCall call;
    private final RequestSession session;
    private final List<SqlStatement> statements;
    private final RandomGenerator random;
    private final int maxStatements;
    private final long maxResultBytes;
    private final List<SqlResult> results = new ArrayList<>(1);
    private long resultBytes;

    /** When the request is one text of several transactions: those, and how many are done. */
    private @Nullable List<ScriptTransaction> transactions;

    private int transactionsDone;

    /** Set before it is handed to the writer. */
    private @Nullable LiveDescription live;

    /**
     * @param session that of the call, before the first statement
     */
    Script(
            SqlEngine engine,
            SqlCall call,
            RequestSession session,
            List<SqlStatement> statements,
            RandomGenerator random,
            ServerLimits limits) {
        this.engine = engine;
        this.call = call;
        this.session = session;
        this.statements = statements;
        this.random = random;
        this.maxStatements = limits.getInt(Limit.STATEMENTS_PER_REQUEST);
        this.maxResultBytes = limits.get(Limit.RESULT_BYTES);
    }

    @Override
    public List<SqlResult> run(Transaction tx) {
        try {
            if (statements.size() == 1) {
                runText(tx, statements.getFirst());
            } else {
                for (SqlStatement statement : statements) {
                    runMember(tx, statement);
                }
            }
            if (!continues()) {
                session.finish();
            }
            return results;
        } catch (CodedException e) {
            CodedException explained = explain(e, call.cancellation());
            throw transactionsDone == 0 ? explained : explained.with("transactionsCommittedBefore", transactionsDone);
        }
    }

    @Override
    public void know(LiveDescription description) {
        live = description;
    }

    @Override
    public boolean continues() {
        return transactions != null && transactionsDone < transactions.size();
    }

    /** The only statement of a request: it may be a script. */
    private void runText(Transaction tx, SqlStatement statement) {
        if (transactions == null) {
            if (!mayBeScript(statement)) {
                runOne(tx, statement);
                return;
            }
            transactions = engine.transactions(statement.sql());
        }
        if (transactionsDone < transactions.size()) {
            ScriptTransaction next = transactions.get(transactionsDone);
            runTransaction(tx, next);
            switch (next.end()) {
                case COMMIT -> session.commit();
                case ROLLBACK -> session.rollback();
            }
            transactionsDone++;
        }
    }

    /** One of several statements of a request: it may be a script, but they are one transaction together. */
    private void runMember(Transaction tx, SqlStatement statement) {
        if (!mayBeScript(statement)) {
            runOne(tx, statement);
            return;
        }
        List<ScriptTransaction> parts = engine.transactions(statement.sql());
        if (parts.size() > 1 || (parts.size() == 1 && parts.getFirst().end() == ScriptTransaction.End.ROLLBACK)) {
            throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "statements of one request are one transaction")
                    .hint("send a script with BEGIN and COMMIT as a request of its own");
        }
        for (ScriptTransaction part : parts) {
            runTransaction(tx, part);
        }
    }

    private void runTransaction(Transaction tx, ScriptTransaction transaction) {
        Savepoint start = tx.savepoint();
        for (int i = 0; i < transaction.statements().size(); i++) {
            try {
                runOne(tx, new SqlStatement(transaction.statements().get(i), List.of()));
            } catch (CodedException e) {
                throw e.movedBy(transaction.offsets().get(i));
            }
        }
        if (transaction.end() == ScriptTransaction.End.ROLLBACK) {
            tx.rollbackTo(start);
        }
    }

    static boolean mayBeScript(SqlStatement statement) {
        return statement.parameters().isEmpty() && statement.sql().indexOf(';') >= 0;
    }

    private void runOne(Transaction tx, SqlStatement statement) {
        call.cancellation().check();
        if (results.size() >= maxStatements) {
            throw new CodedException(ErrorCode.STATEMENT_LIMIT, "request has too many statements")
                    .with("limit", maxStatements)
                    .with("name", Limit.STATEMENTS_PER_REQUEST.key())
                    .hint("split it into several requests");
        }
        SessionInfo current = session.current();
        Prepared prepared = engine.prepare(tx.catalog(), current, statement.sql());
        if (prepared.kind() == StatementKind.TRANSACTION) {
            // Alone it means nothing here, and a BEGIN that is never closed is refused by this.
            engine.transactions(statement.sql());
        }
        SqlResult result = prepared.execute(tx, execution(call, current, statement, tx.now(), random, live));
        session.follow(prepared);
        resultBytes += sizeBytes(result);
        requireBelow(maxResultBytes, resultBytes);
        results.add(result);
    }

    @SuppressWarnings("NullAway") // the annotation on the list's elements is lost in the class file of a record
    static Execution execution(
            SqlCall call,
            SessionInfo session,
            SqlStatement statement,
            Instant now,
            RandomGenerator random,
            @Nullable LiveDescription live) {
        return new Execution(session, now, random, statement.parameters(), call.cancellation(), live);
    }

    static long sizeBytes(SqlResult result) {
        long bytes = 0;
        List<byte[]> rows = result.rows();
        for (int i = 0; i < rows.size(); i++) {
            bytes += rows.get(i).length + ROW_OVERHEAD_BYTES;
        }
        return bytes;
    }

    static void requireBelow(long maxResultBytes, long bytes) {
        if (bytes > maxResultBytes) {
            throw new CodedException(ErrorCode.RESULT_TOO_LARGE, "result is too large")
                    .with("bytes", bytes)
                    .with("limit", maxResultBytes)
                    .hint("use LIMIT, or a live query, which sends its rows in batches");
        }
    }

    /** Says why a statement was stopped, which the engine cannot know. */
    static CodedException explain(CodedException e, Cancellation cancellation) {
        return e.code() == ErrorCode.STATEMENT_CANCELLED ? cancellation.reason() : e;
    }
}
