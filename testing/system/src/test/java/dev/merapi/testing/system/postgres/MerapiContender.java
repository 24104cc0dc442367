package dev.merapi.testing.system.postgres;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.api.value.TextFormat;
import dev.merapi.query.Execution;
import dev.merapi.query.Prepared;
import dev.merapi.query.ScriptTransaction;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.query.SqlResult;
import dev.merapi.query.StatementKind;
import dev.merapi.store.Caller;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Merapi in this process: the SQL engine on a database in memory, made anew for each case. */
final class MerapiContender implements Contender {
    private static final Instant NOW = Instant.parse("2026-11-21T10:11:12.123456Z");

    private final SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT);
    private final Random random = new Random(1);
    private Database database = open();
    private List<String> schema = List.of();
    private long cleanOffset;
    private SessionInfo session = SessionInfo.ANONYMOUS;

    void reset() {
        database = open();
    }

    private Database open() {
        return Database.open(
                new DatabaseOptions("comparison", StoreLimits.DEFAULT, engine.constraintCompiler(), random));
    }

    @Override
    public List<Answer> answer(SqlCase question) {
        prepareSchema(question);
        if (!question.parameters().isEmpty()) {
            return withParameters(question);
        }
        return question.script() ? script(question.statements()) : oneByOne(question.statements());
    }

    /** Makes everything anew, as the owner. */
    void prepare(List<String> definitions) {
        database.close();
        database = open();
        schema = List.of();
        cleanOffset = -1;
        for (String sql : definitions) {
            if (asOwner(sql) instanceof Answer.Refused refused) {
                throw new IllegalStateException(refused.text() + "\nin: " + sql);
            }
        }
    }

    /** What the owner gets for a statement. */
    Answer asOwner(String sql) {
        return inTransaction(sql, List.of());
    }

    /** What a caller gets for a statement, which is a transaction. */
    Answer as(PolicyCaller caller, String sql) {
        Map<String, String> claims =
                Map.of("sub", caller.user(), "role", caller.role(), "team", String.valueOf(caller.team()));
        session = new SessionInfo(caller.user(), caller.role(), false, claims, "public");
        try {
            return inTransaction(sql, List.of());
        } finally {
            session = SessionInfo.ANONYMOUS;
        }
    }

    /** Makes the case's tables, unless they are still there as the last case found them. */
    private void prepareSchema(SqlCase question) {
        if (database.offset() == cleanOffset && schema.equals(question.schema())) {
            return;
        }
        database.close();
        database = open();
        schema = question.schema();
        for (String sql : schema) {
            if (inTransaction(sql, List.of()) instanceof Answer.Refused refused) {
                throw new IllegalStateException(question.id() + ": " + refused.text() + "\nin: " + sql);
            }
        }
        cleanOffset = database.offset();
    }

    private List<Answer> oneByOne(List<String> statements) {
        List<Answer> answers = new ArrayList<>();
        statements.forEach(sql -> answers.add(inTransaction(sql, List.of())));
        return answers;
    }

    private List<Answer> withParameters(SqlCase question) {
        String sql = question.statements().getFirst();
        try {
            engine.prepare(database.catalog(), SessionInfo.ANONYMOUS, sql);
        } catch (CodedException e) {
            return List.of(refused(e));
        }
        List<Answer> answers = new ArrayList<>();
        for (List<@Nullable String> values : question.parameters()) {
            answers.add(inTransaction(sql, new ArrayList<>(values)));
        }
        return answers;
    }

    private Answer inTransaction(String sql, List<@Nullable Object> parameters) {
        try (Transaction transaction = database.begin(Caller.SYSTEM, "case", NOW)) {
            Answer answer = execute(transaction, sql, parameters);
            transaction.commit();
            return answer;
        } catch (CodedException e) {
            return refused(e);
        }
    }

    private List<Answer> script(List<String> statements) {
        List<Answer> answers = new ArrayList<>();
        try {
            for (ScriptTransaction part : engine.transactions(String.join("\n", statements))) {
                try (Transaction transaction = database.begin(Caller.SYSTEM, "case", NOW)) {
                    for (String sql : part.statements()) {
                        answers.add(execute(transaction, sql, List.of()));
                    }
                    if (part.end() == ScriptTransaction.End.COMMIT) {
                        transaction.commit();
                    }
                }
            }
        } catch (CodedException e) {
            answers.add(refused(e));
        }
        return answers;
    }

    private Answer execute(Transaction transaction, String sql, List<@Nullable Object> parameters) {
        Prepared prepared = engine.prepare(transaction.catalog(), session, sql);
        SqlResult result = prepared.execute(transaction, new Execution(session, transaction.now(), random, parameters));
        RowType columns = result.columns();
        return columns.columns().isEmpty() && prepared.kind() != StatementKind.QUERY
                ? new Answer.Count(result.rowCount())
                : rows(columns, result.rows());
    }

    /** Encoded rows as an answer. */
    static Answer rows(RowType type, List<byte[]> encoded) {
        RowLayout layout = RowLayout.of(type);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (byte[] bytes : encoded) {
            layout.validate(bytes);
            @Nullable Object[] values = layout.decode(bytes);
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                row.add(values[i] == null ? null : TextFormat.format(layout.columnType(i), values[i]));
            }
            rows.add(row);
        }
        return new Answer.Rows(
                type.columns().stream()
                        .map(column -> new Answer.Rows.Column(column.name(), typeName(column.type())))
                        .toList(),
                rows);
    }

    /** The type's name without length or precision, varchar as text: see {@link PostgresContender}. */
    private static String typeName(ColumnType type) {
        return type.sqlName().replaceAll("\\([0-9,]*\\)", "").replace("character varying", "text");
    }

    private static Answer refused(CodedException e) {
        String state = e.code().sqlState();
        return new Answer.Refused(state == null ? e.code().name() : state, e.toString());
    }

    @Override
    public void close() {
        database.close();
    }
}
