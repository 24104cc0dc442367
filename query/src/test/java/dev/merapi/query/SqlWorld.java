package dev.merapi.query;

import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.api.value.TextFormat;
import dev.merapi.store.Caller;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.Snapshot;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A database in memory with SQL, on the test's thread. */
public final class SqlWorld implements AutoCloseable {
    private final SqlEngine engine;
    private final Database database;

    public SqlWorld(String... scripts) {
        this(SqlOptions.DEFAULT, scripts);
    }

    public SqlWorld(SqlOptions options, String... scripts) {
        engine = new SqlEngine(options);
        database = Database.open(
                new DatabaseOptions("test", StoreLimits.DEFAULT, engine.constraintCompiler(), new Random(7)));
        for (String script : scripts) {
            run(script);
        }
    }

    /** Creates a table as a module would. */
    public SqlWorld create(TableSchema draft) {
        try (Transaction tx = database.begin(Caller.SYSTEM, "test", Instant.EPOCH)) {
            tx.createTable(draft);
            tx.commit();
        }
        return this;
    }

    /** Runs a script as one transaction. */
    public void run(String script, @Nullable Object... parameters) {
        try (Transaction tx = database.begin(Caller.SYSTEM, "test", Instant.EPOCH)) {
            for (String statement : engine.split(script)) {
                engine.prepare(tx.catalog(), SessionInfo.ANONYMOUS, statement)
                        .execute(tx, execution(() -> false, parameters));
            }
            tx.commit();
        }
    }

    /** The rows of a query as text, columns separated by bars. */
    public List<String> rows(String sql, @Nullable Object... parameters) {
        return rows(() -> false, sql, parameters);
    }

    /** The same, asked now and then whether to stop. */
    public List<String> rows(BooleanSupplier cancelled, String sql, @Nullable Object... parameters) {
        Snapshot snapshot = database.snapshot();
        Prepared prepared = engine.prepare(snapshot.catalog(), SessionInfo.ANONYMOUS, sql);
        SqlResult result = prepared.run(snapshot, execution(cancelled, parameters));
        RowLayout layout = RowLayout.of(result.columns());
        List<String> rows = new ArrayList<>();
        for (byte[] row : result.rows()) {
            rows.add(text(layout, row));
        }
        return rows;
    }

    /** The plan, one operator per line. */
    public String plan(String sql, @Nullable Object... parameters) {
        return String.join("\n", rows("EXPLAIN " + sql, parameters));
    }

    private static String text(RowLayout layout, byte[] row) {
        @Nullable Object[] values = layout.decode(row);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            texts.add(values[i] == null ? "NULL" : TextFormat.format(layout.columnType(i), values[i]));
        }
        return String.join("|", texts);
    }

    private static Execution execution(BooleanSupplier cancelled, @Nullable Object... parameters) {
        return new Execution(SessionInfo.ANONYMOUS, Instant.EPOCH, new Random(1), Arrays.asList(parameters), cancelled);
    }

    @Override
    public void close() {
        database.close();
    }
}
