package dev.merapi.client;

import dev.merapi.client.connection.ConnectionState;
import dev.merapi.client.internal.connection.ClientCore;
import dev.merapi.client.internal.live.EventsHandle;
import dev.merapi.client.internal.live.RowsHandle;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveEvents;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of one database: queries, writes, and queries whose results stay live. All of it shares one connection,
 * which is made when it is first needed and made again when it is lost; live queries are then resumed without gap
 * or duplicate.
 *
 * <pre>{@code
 * try (MerapiClient client = MerapiClient.builder().uri("ws://127.0.0.1:3000").connect()) {
 *     client.execute("INSERT INTO orders (id, customer) VALUES ($1, $2)", 1, "ann");
 *     try (LiveRows orders = client.live("SELECT * FROM orders WHERE customer = $1",
 *             LiveOptions.builder().parameters("ann").build())) {
 *         for (Rows rows : orders) {
 *             show(rows.as(Order.class));
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p><b>Parameters</b> {@code $1}, {@code $2}, … take null, Boolean, Byte to Long, BigInteger, Float, Double,
 * BigDecimal, String, enums (by name), byte[], Instant, OffsetDateTime, ZonedDateTime, LocalDateTime, LocalDate,
 * LocalTime, UUID, {@code Json}, {@code Interval}, {@code Identity}, {@code ConnectionId}, {@code RecordValue}, {@code
 * SumValue} and collections of one of these. The server brings a number to any number type that holds it and a String
 * to any type, as a literal in quotes; everything else has to be of the type that the statement wants.
 *
 * <p><b>Errors</b> are {@link dev.merapi.api.error.CodedException}s: those of the server with its code, the position in
 * the SQL and a hint; and of the client itself REQUEST_TIMEOUT, OUTCOME_UNKNOWN (a write was under way when the
 * connection was lost or its time was over: it may have happened or not), CLIENT_CLOSED, REQUEST_INTERRUPTED,
 * REQUEST_QUEUE_FULL. Reads under way are sent again over the next connection.
 *
 * <p><b>Threads:</b> all methods may be called by any thread. Calls block until the answer is there, at most the
 * request timeout, and wait for their turn when too many are under way; {@link #async()} has the same calls
 * without blocking.
 */
public final class MerapiClient implements AutoCloseable {
    private final ClientCore core;
    private final Requests requests;
    private final AtomicLong liveNames = new AtomicLong();

    MerapiClient(ClientCore core, Requests requests) {
        this.core = core;
        this.requests = requests;
    }

    public static ClientBuilder builder() {
        return new ClientBuilder();
    }

    /** Where the connection stands at this moment. */
    public ConnectionState state() {
        return core.state();
    }

    /**
     * Connects now and waits until that succeeded or failed. Not needed: any use of the client connects.
     *
     * @throws dev.merapi.api.error.CodedException why the first attempt failed; unless the client closed by it, it goes
     *     on trying in the background
     */
    public void connect() {
        core.connect();
    }

    // ---- once

    /**
     * Runs a statement and gives its rows. A statement that reads runs on a snapshot that holds at least everything
     * this client was told of; one that writes (RETURNING) runs as {@link #execute} does.
     */
    public Rows query(String sql, @Nullable Object... parameters) {
        return requests.await(requests.read(Statement.of(sql, parameters)), Requests::rows);
    }

    /**
     * Runs a statement that gives at most one row.
     *
     * @throws dev.merapi.api.error.CodedException MORE_THAN_ONE_ROW when it gave more, and what {@link #query} throws
     */
    public Optional<Row> queryOne(String sql, @Nullable Object... parameters) {
        return requests.await(requests.read(Statement.of(sql, parameters)), Requests::one);
    }

    /** Runs a statement and gives its rows as maps from column name to value. */
    public List<Map<String, @Nullable Object>> queryRows(String sql, @Nullable Object... parameters) {
        return query(sql, parameters).asMaps();
    }

    /**
     * Runs a statement of any kind, as one transaction. Without parameters it may be a script of several statements.
     */
    public ExecuteResult execute(String sql, @Nullable Object... parameters) {
        return requests.await(requests.write(Statement.of(sql, parameters)), Requests::result);
    }

    /** Runs a statement of any kind, as one transaction, and waits until it is as safe as wanted. */
    public ExecuteResult execute(Statement statement, Confirmation confirmation) {
        return requests.await(requests.write(List.of(statement), confirmation), Requests::result);
    }

    /** Runs statements in order as one transaction: all take effect or none. */
    public List<ExecuteResult> batch(Statement... statements) {
        return batch(List.of(statements), confirmation());
    }

    /** Runs statements in order as one transaction, and waits until it is as safe as wanted. */
    public List<ExecuteResult> batch(List<Statement> statements, Confirmation confirmation) {
        return requests.await(requests.write(statements, confirmation), Requests::results);
    }

    /**
     * Calls a function of the database's module and waits for its end: a reducer's is a transaction as safe as wanted.
     * Generated bindings call this.
     *
     * @param arguments the arguments in BSATN, one after another
     * @return a row of one column with what the function returned; empty for a reducer
     * @throws dev.merapi.api.error.CodedException REDUCER_FAILED with what the reducer had to say; UNKNOWN_REDUCER,
     *     INVALID_ARGUMENTS, NO_MODULE
     */
    public Optional<Row> call(String function, byte[] arguments) {
        return call(function, arguments, confirmation());
    }

    /** The same with another confirmation. */
    public Optional<Row> call(String function, byte[] arguments, Confirmation confirmation) {
        return requests.await(requests.request(function, arguments, confirmation), Requests::returned);
    }

    /** A statement to run many times with different parameters. */
    public Prepared prepare(String sql) {
        return new Prepared(this, sql);
    }

    /**
     * Inserts one row.
     *
     * @param table as in SQL: {@code orders}, {@code shop.orders} or {@code "Orders"}
     * @param values by exact column name
     * @throws dev.merapi.api.error.CodedException INVALID_TABLE_NAME, and what {@link #execute} throws
     */
    public ExecuteResult insert(String table, Map<String, ? extends @Nullable Object> values) {
        return requests.await(requests.write(TableSql.insert(table, values)), Requests::result);
    }

    /** Sets columns of the rows whose key columns have these values, none of them null. */
    public ExecuteResult update(String table, Map<String, ?> key, Map<String, ? extends @Nullable Object> values) {
        return requests.await(requests.write(TableSql.update(table, key, values)), Requests::result);
    }

    /** Deletes the rows whose key columns have these values, none of them null. */
    public ExecuteResult delete(String table, Map<String, ?> key) {
        return requests.await(requests.write(TableSql.delete(table, key)), Requests::result);
    }

    /** The same calls without blocking. */
    public AsyncClient async() {
        return requests;
    }

    /** When writes count as done, unless a call says otherwise. */
    public Confirmation confirmation() {
        return requests.defaultConfirmation();
    }

    // ---- live

    /**
     * The rows of a query, kept as they are at the server. Does not block: errors of the query end the returned handle.
     *
     * @throws dev.merapi.api.error.CodedException INVALID_OPTION, INVALID_POSITION or WRONG_VALUE_TYPE for options that
     *     make no sense
     */
    public LiveRows live(String sql, LiveOptions options) {
        RowsHandle handle = RowsHandle.open(nextLiveName(), statement(sql, options), options, core);
        core.open(handle);
        return handle;
    }

    /**
     * The rows of a query, given to a callback as often as they change. Errors go to {@code onError} of the options.
     */
    public LiveRows live(String sql, LiveOptions options, Consumer<? super Rows> callback) {
        RowsHandle handle = RowsHandle.open(nextLiveName(), statement(sql, options), options, core);
        handle.forEachItem(callback);
        core.open(handle);
        return handle;
    }

    /**
     * All rows of a table, kept as they are at the server.
     *
     * @param table as in SQL: {@code orders}, {@code shop.orders} or {@code "Orders"}
     * @throws dev.merapi.api.error.CodedException INVALID_TABLE_NAME, and what {@link #live} throws
     */
    public LiveRows liveTable(String table, LiveOptions options) {
        return live(TableSql.selectAll(table), options);
    }

    /** All rows of a table, given to a callback as often as they change. */
    public LiveRows liveTable(String table, LiveOptions options, Consumer<? super Rows> callback) {
        return live(TableSql.selectAll(table), options, callback);
    }

    /**
     * The events of which a live query consists. Does not block: errors of the query end the returned handle.
     *
     * @throws dev.merapi.api.error.CodedException INVALID_OPTION, INVALID_POSITION or WRONG_VALUE_TYPE for options that
     *     make no sense, {@code limit} and {@code keyColumns} among them
     */
    public LiveEvents liveEvents(String sql, LiveOptions options) {
        EventsHandle handle = EventsHandle.open(nextLiveName(), statement(sql, options), options, core);
        core.open(handle);
        return handle;
    }

    /** The events of a live query, given to a callback one by one. */
    public LiveEvents liveEvents(String sql, LiveOptions options, Consumer<? super LiveEvent> callback) {
        EventsHandle handle = EventsHandle.open(nextLiveName(), statement(sql, options), options, core);
        handle.forEachItem(callback);
        core.open(handle);
        return handle;
    }

    private String nextLiveName() {
        return "live-" + liveNames.incrementAndGet();
    }

    private static dev.merapi.wire.Statement statement(String sql, LiveOptions options) {
        return new dev.merapi.wire.Statement(sql, Parameters.of(options.parameters()));
    }

    /**
     * Ends all live queries, waits for answers under way (at most the close timeout), closes the connection and frees
     * the threads. Calls still without answer fail with CLIENT_CLOSED, writes with OUTCOME_UNKNOWN. Calling it again
     * does nothing.
     */
    @Override
    public void close() {
        core.close();
    }
}
