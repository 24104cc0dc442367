package dev.merapi.client;

import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The calls of {@link MerapiClient} that answer later instead of blocking. Stages are completed on the callback
 * executor; they fail with the CodedException the blocking call would throw. When too many requests wait already, a
 * stage fails at once with REQUEST_QUEUE_FULL instead of waiting.
 */
public interface AsyncClient {
    /** @see MerapiClient#query(String, Object...) */
    CompletionStage<Rows> query(String sql, @Nullable Object... parameters);

    /** @see MerapiClient#queryOne(String, Object...) */
    CompletionStage<Optional<Row>> queryOne(String sql, @Nullable Object... parameters);

    /** @see MerapiClient#queryRows(String, Object...) */
    CompletionStage<List<Map<String, @Nullable Object>>> queryRows(String sql, @Nullable Object... parameters);

    /** @see MerapiClient#execute(String, Object...) */
    CompletionStage<ExecuteResult> execute(String sql, @Nullable Object... parameters);

    /** @see MerapiClient#execute(Statement, Confirmation) */
    CompletionStage<ExecuteResult> execute(Statement statement, Confirmation confirmation);

    /** @see MerapiClient#batch(Statement...) */
    CompletionStage<List<ExecuteResult>> batch(Statement... statements);

    /** @see MerapiClient#batch(List, Confirmation) */
    CompletionStage<List<ExecuteResult>> batch(List<Statement> statements, Confirmation confirmation);

    /** @see MerapiClient#call(String, byte[]) */
    CompletionStage<Optional<Row>> call(String function, byte[] arguments);

    /** @see MerapiClient#call(String, byte[], Confirmation) */
    CompletionStage<Optional<Row>> call(String function, byte[] arguments, Confirmation confirmation);

    /** @see MerapiClient#insert(String, Map) */
    CompletionStage<ExecuteResult> insert(String table, Map<String, ? extends @Nullable Object> values);

    /** @see MerapiClient#update(String, Map, Map) */
    CompletionStage<ExecuteResult> update(
            String table, Map<String, ?> key, Map<String, ? extends @Nullable Object> values);

    /** @see MerapiClient#delete(String, Map) */
    CompletionStage<ExecuteResult> delete(String table, Map<String, ?> key);
}
