package dev.merapi.query.dataflow;

import dev.merapi.query.Execution;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.query.exec.PlanCompiler;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.query.sql.SqlParser;
import dev.merapi.query.sql.bind.Binder;
import dev.merapi.query.sql.scope.PolicySubject;
import dev.merapi.store.Caller;
import dev.merapi.store.Commit;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A database in memory whose commits go through circuits, on the test's thread. */
final class FlowWorld {
    private static final long MAX_HELD_ROWS = 1_000_000;

    private final SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT);
    final Database database;

    FlowWorld(String... scripts) {
        database = Database.open(
                new DatabaseOptions("test", StoreLimits.DEFAULT, engine.constraintCompiler(), new Random(7)));
        for (String script : scripts) {
            run(script);
        }
    }

    /** Runs a script as one transaction; null when it changed nothing. */
    @Nullable
    Commit run(String script) {
        try (Transaction tx = database.begin(Caller.SYSTEM, "test", Instant.EPOCH)) {
            for (String statement : engine.split(script)) {
                engine.prepare(tx.catalog(), SessionInfo.ANONYMOUS, statement)
                        .execute(tx, new Execution(SessionInfo.ANONYMOUS, Instant.EPOCH, new Random(1), List.of()));
            }
            return tx.commit();
        }
    }

    BoundQuery bind(String sql) {
        return (BoundQuery) new Binder()
                .bind(
                        database.catalog(),
                        "public",
                        PolicySubject.UNGUARDED,
                        new SqlParser().parse(sql).getFirst());
    }

    CircuitCompiler.Compiled compile(String sql) {
        BoundQuery bound = bind(sql);
        return CircuitCompiler.compile(bound.rel(), bound.parameterTypes().size());
    }

    /** A hydrated circuit of a query that circuits can maintain. */
    Circuit circuit(String sql) {
        return switch (compile(sql)) {
            case CircuitCompiler.Compiled.Maintained maintained -> {
                Circuit circuit = maintained.template().newCircuit();
                circuit.hydrate(database.snapshot());
                yield circuit;
            }
            case CircuitCompiler.Compiled.Unsupported unsupported ->
                throw new AssertionError(unsupported.reason() + ": " + sql);
        };
    }

    /** The rows of a query asked once, now. */
    List<String> ask(String sql, List<@Nullable Object> parameters) {
        EvalContext eval = EvalContext.ofParameters(parameters);
        QueryContext context = new QueryContext(database.snapshot(), eval, MAX_HELD_ROWS);
        List<String> rows = new ArrayList<>();
        for (Row row : new PlanCompiler().plan(bind(sql).rel()).rows(context)) {
            rows.add(text(row));
        }
        return rows;
    }

    static String text(Row row) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            text.append(i == 0 ? "" : ", ")
                    .append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
        }
        return text.append(')').toString();
    }

    /** Someone who subscribed: the rows as followed. */
    static final class Follower {
        final long id;
        final List<@Nullable Object> parameters;
        final List<String> rows = new ArrayList<>();
        /** What went wrong while following. */
        final List<String> faults = new ArrayList<>();

        Follower(Circuit circuit, long id, List<@Nullable Object> parameters) {
            this.id = id;
            this.parameters = parameters;
            circuit.subscribe(id, parameters).forEach(row -> rows.add(text(row)));
        }

        void change(Row row, int weight) {
            if (weight == 0) {
                faults.add("weight 0 of " + text(row));
            }
            for (int i = 0; i < weight; i++) {
                rows.add(text(row));
            }
            for (int i = 0; i > weight; i--) {
                if (!rows.remove(text(row))) {
                    faults.add("was not there: " + text(row));
                }
            }
        }
    }
}
