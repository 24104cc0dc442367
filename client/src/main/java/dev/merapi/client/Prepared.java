package dev.merapi.client;

import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A statement to run many times with different parameters. The server keeps the plans of recent statements by their
 * text, so after the first run it is neither parsed nor planned again. Immutable; any thread; nothing to close.
 */
public final class Prepared {
    private final MerapiClient client;
    private final String sql;

    Prepared(MerapiClient client, String sql) {
        this.client = client;
        this.sql = sql;
    }

    public String sql() {
        return sql;
    }

    /** This statement with parameters, for a batch. */
    public Statement with(@Nullable Object... parameters) {
        return Statement.of(sql, parameters);
    }

    /** @see MerapiClient#query(String, Object...) */
    public Rows query(@Nullable Object... parameters) {
        return client.query(sql, parameters);
    }

    /** @see MerapiClient#queryOne(String, Object...) */
    public Optional<Row> queryOne(@Nullable Object... parameters) {
        return client.queryOne(sql, parameters);
    }

    /** @see MerapiClient#execute(String, Object...) */
    public ExecuteResult execute(@Nullable Object... parameters) {
        return client.execute(sql, parameters);
    }

    /** Runs it once per list of parameters, all in one transaction. */
    public List<ExecuteResult> executeAll(List<List<@Nullable Object>> parameterLists) {
        List<Statement> statements = parameterLists.stream()
                .map(parameters -> new Statement(sql, parameters))
                .toList();
        return client.batch(statements, client.confirmation());
    }

    /** @see AsyncClient#query(String, Object...) */
    public CompletionStage<Rows> queryAsync(@Nullable Object... parameters) {
        return client.async().query(sql, parameters);
    }

    /** @see AsyncClient#execute(String, Object...) */
    public CompletionStage<ExecuteResult> executeAsync(@Nullable Object... parameters) {
        return client.async().execute(sql, parameters);
    }
}
