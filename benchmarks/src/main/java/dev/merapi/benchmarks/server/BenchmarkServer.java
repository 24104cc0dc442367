package dev.merapi.benchmarks.server;

import dev.merapi.api.schema.TableName;
import dev.merapi.api.value.RowLayout;
import dev.merapi.client.ClientBuilder;
import dev.merapi.client.MerapiClient;
import dev.merapi.query.SqlResult;
import dev.merapi.server.EmbeddedDatabase;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import dev.merapi.store.Caller;
import dev.merapi.store.Transaction;
import dev.merapi.wire.Confirm;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A real server on a free port, and what benchmarks do with it besides what they measure. */
record BenchmarkServer(Server server, EmbeddedDatabase database) implements AutoCloseable {
    private static final int ROWS_PER_TRANSACTION = 10_000;

    static BenchmarkServer start(ServerConfig config) {
        Server server = Server.start(config.withPort(0));
        return new BenchmarkServer(server, server.database(""));
    }

    int port() {
        return server.port();
    }

    ClientBuilder client() {
        return MerapiClient.builder().uri("ws://127.0.0.1:" + port());
    }

    void execute(String sql) {
        database.execute(sql).join();
    }

    /** The one number a query gives. */
    long number(String sql) {
        SqlResult result = database.query(sql).join().value();
        Object value = RowLayout.of(result.columns()).get(result.rows().getFirst(), 0);
        return ((Number) Objects.requireNonNull(value)).longValue();
    }

    /** Inserts rows below SQL. */
    void fill(String table, int count, IntFunction<@Nullable Object[]> row) {
        for (int start = 0; start < count; start += ROWS_PER_TRANSACTION) {
            int first = start;
            int end = Math.min(count, start + ROWS_PER_TRANSACTION);
            CompletableFuture<?> filled = database.transact(
                    Caller.SYSTEM, "fill", Confirm.COMMITTED, tx -> insert(tx, table, first, end, row));
            filled.join();
        }
    }

    private static int insert(Transaction tx, String table, int first, int end, IntFunction<@Nullable Object[]> row) {
        int id = Objects.requireNonNull(tx.catalog().find(TableName.of(table))).tableId();
        RowLayout layout = tx.table(id).layout();
        for (int i = first; i < end; i++) {
            tx.insertEncoded(id, layout.encode(row.apply(i)));
        }
        return end - first;
    }

    @Override
    public void close() {
        server.close();
    }
}
