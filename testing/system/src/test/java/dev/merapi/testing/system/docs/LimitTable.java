package dev.merapi.testing.system.docs;

import static dev.merapi.api.error.ErrorCode.BUSY;
import static dev.merapi.api.error.ErrorCode.FRAME_TOO_LARGE;
import static dev.merapi.api.error.ErrorCode.LIVE_LIMIT;
import static dev.merapi.api.error.ErrorCode.QUERY_LIMIT;
import static dev.merapi.api.error.ErrorCode.RESULT_TOO_LARGE;
import static dev.merapi.api.error.ErrorCode.STATEMENT_LIMIT;
import static dev.merapi.api.error.ErrorCode.STATEMENT_TIMEOUT;
import static dev.merapi.api.error.ErrorCode.STATEMENT_TOO_COMPLEX;
import static dev.merapi.api.error.ErrorCode.STORE_LIMIT;
import static dev.merapi.api.error.ErrorCode.TOO_MANY_SUBSCRIPTIONS;
import static dev.merapi.api.error.ErrorCode.UNKNOWN_PARAMETER;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.SqlOptions;
import dev.merapi.query.live.LiveLimits;
import dev.merapi.query.sql.token.SqlLimits;
import dev.merapi.server.config.Limit;
import dev.merapi.store.StoreLimits;

/** The limits a statement can meet, as the SQL reference lists them: numbers from the code, words from here. */
final class LimitTable {
    private final StringBuilder table =
            new StringBuilder("| what | at most | code | can be set |\n| --- | --- | --- | --- |\n");

    private LimitTable() {}

    static String page() {
        LimitTable limits = new LimitTable();
        limits.text();
        limits.work();
        limits.store();
        limits.server();
        return limits.table.toString();
    }

    private void text() {
        fixed("characters of the SQL text of a request", SqlLimits.SCRIPT_LENGTH, STATEMENT_LIMIT);
        fixed("words, numbers and symbols in it", SqlLimits.TOKENS, STATEMENT_LIMIT);
        fixed("parentheses, queries and operators inside one another", SqlLimits.NESTING, STATEMENT_TOO_COMPLEX);
        fixed("number of a parameter", SqlLimits.PARAMETERS, UNKNOWN_PARAMETER);
        fixed("columns of a table or a result", SqlLimits.COLUMNS, STATEMENT_LIMIT);
        fixed("tables joined with one another", SqlLimits.JOINED_TABLES, STATEMENT_LIMIT);
        fixed("columns that joined tables have together", SqlLimits.JOINED_COLUMNS, STATEMENT_LIMIT);
    }

    private void work() {
        fixed("rows of a result", SqlOptions.DEFAULT.maxResultRows(), RESULT_TOO_LARGE);
        fixed("rows that joins, sorts and groups hold at a time", SqlOptions.DEFAULT.maxHeldRows(), QUERY_LIMIT);
        server("bytes of the results of a request", Limit.RESULT_BYTES, RESULT_TOO_LARGE);
        server("milliseconds a request may run", Limit.STATEMENT_MILLIS, STATEMENT_TIMEOUT);
        server("statements of a request", Limit.STATEMENTS_PER_REQUEST, STATEMENT_LIMIT);
    }

    private void store() {
        StoreLimits store = StoreLimits.DEFAULT;
        fixed("bytes of a row", store.maxRowBytes(), STORE_LIMIT);
        fixed("tables of a database", store.maxTables(), STORE_LIMIT);
        fixed("indexes of a table, those of keys included", store.maxIndexes(), STORE_LIMIT);
        fixed("rows written by a transaction, cascades included", store.maxTransactionWrites(), STORE_LIMIT);
        fixed("bytes of those rows, before and after", store.maxTransactionBytes(), STORE_LIMIT);
    }

    private void server() {
        server("bytes of a message over WebSocket", Limit.FRAME_BYTES, FRAME_TOO_LARGE);
        server("bytes of a body over HTTP", Limit.HTTP_BODY_BYTES, FRAME_TOO_LARGE);
        server("requests waiting for the writer of a database", Limit.MAILBOX_REQUESTS, BUSY);
        server("queries waiting for a thread", Limit.QUERY_QUEUE, BUSY);
        server("live queries of a connection", Limit.SUBSCRIPTIONS, TOO_MANY_SUBSCRIPTIONS);
        fixed("distinct live results of a database", LiveLimits.DEFAULT.maxResults(), LIVE_LIMIT);
        fixed("distinct shapes of live queries of a database", LiveLimits.DEFAULT.maxTemplates(), LIVE_LIMIT);
        fixed("rows of a live result that joins, groups or orders", LiveLimits.DEFAULT.maxDerivedRows(), LIVE_LIMIT);
    }

    private void fixed(String what, long limit, ErrorCode code) {
        line(what, limit, code, "");
    }

    private void server(String what, Limit limit, ErrorCode code) {
        line(what, limit.defaultValue(), code, "`" + limit.key() + "`");
    }

    private void line(String what, long limit, ErrorCode code, String key) {
        table.append("| %s | %,d | `%s` | %s |\n".formatted(what, limit, code, key));
    }
}
