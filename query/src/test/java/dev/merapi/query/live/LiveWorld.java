package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.Execution;
import dev.merapi.query.Prepared;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.query.SqlResult;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.query.live.upkeep.LiveWork;
import dev.merapi.store.Caller;
import dev.merapi.store.Commit;
import dev.merapi.store.Database;
import dev.merapi.store.DatabaseOptions;
import dev.merapi.store.Snapshot;
import dev.merapi.store.StoreLimits;
import dev.merapi.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A database in memory with SQL and live queries over it, all on the test's thread. */
final class LiveWorld {
    final SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT, new LivePlans());
    final Database database;
    final LiveQueries live;
    /** Every commit so far, as a log would keep it. */
    final List<Commit> history = new ArrayList<>();

    LiveWorld() {
        this(LiveLimits.DEFAULT);
    }

    LiveWorld(LiveLimits limits) {
        database = Database.open(
                new DatabaseOptions("test", StoreLimits.DEFAULT, engine.constraintCompiler(), new Random(7)));
        live = new LiveQueries(limits, database.offset());
    }

    /** Creates a table as a module would. */
    void create(TableSchema draft) {
        try (Transaction tx = database.begin(Caller.SYSTEM, "test", Instant.EPOCH)) {
            tx.createTable(draft);
            live.apply(Objects.requireNonNull(tx.commit()));
        }
    }

    /**
     * Runs a script as one transaction and tells the live queries; returns what they say, nothing when nothing changed.
     */
    List<QueryUpdate> run(String script, @Nullable Object... parameters) {
        return runAs(SessionInfo.ANONYMOUS, script, parameters);
    }

    List<QueryUpdate> runAs(SessionInfo session, String script, @Nullable Object... parameters) {
        List<QueryUpdate> updates = new ArrayList<>(commitAs(session, script, parameters));
        updates.addAll(doDue());
        return updates;
    }

    /** The same, leaving undone what work is due. */
    List<QueryUpdate> commit(String script, @Nullable Object... parameters) {
        return commitAs(SessionInfo.ANONYMOUS, script, parameters);
    }

    private List<QueryUpdate> commitAs(SessionInfo session, String script, @Nullable Object... parameters) {
        try (Transaction tx = database.begin(Caller.SYSTEM, "test", Instant.EPOCH)) {
            for (String statement : engine.split(script)) {
                Prepared prepared = engine.prepare(tx.catalog(), session, statement);
                prepared.execute(tx, execution(session, parameters));
            }
            Commit commit = tx.commit();
            if (commit == null) {
                return List.of();
            }
            history.add(commit);
            return live.apply(commit);
        }
    }

    /** Does the work that is due, as whoever drives the live queries has to. */
    List<QueryUpdate> doDue() {
        List<QueryUpdate> updates = new ArrayList<>();
        while (live.hasDue()) {
            for (LiveWork work : live.takeDue(database.snapshot(), true)) {
                updates.addAll(finish(work));
            }
        }
        return updates;
    }

    /** Does some work and gives it back. */
    List<QueryUpdate> finish(LiveWork work) {
        try {
            work.run(() -> false);
        } catch (CodedException e) {
            QueryUpdate end = live.failed(work, e);
            return end == null ? List.of() : List.of(end);
        }
        return live.done(work);
    }

    /** Joins a result and lets it have its first rows. */
    LiveResult attach(LiveQuery query) {
        LiveResult result = live.attach(query, database.snapshot());
        doDue();
        return result;
    }

    /** The rows of a query asked once, now. */
    List<byte[]> query(String sql, @Nullable Object... parameters) {
        return queryAs(SessionInfo.ANONYMOUS, sql, parameters);
    }

    List<byte[]> queryAs(SessionInfo session, String sql, @Nullable Object... parameters) {
        Snapshot snapshot = database.snapshot();
        Prepared prepared = engine.prepare(snapshot.catalog(), session, sql);
        SqlResult result = prepared.run(snapshot, execution(session, parameters));
        return result.rows();
    }

    /** The lines of an EXPLAIN. */
    List<String> linesAs(SessionInfo session, String sql) {
        Snapshot snapshot = database.snapshot();
        SqlResult result = engine.prepare(snapshot.catalog(), session, sql).run(snapshot, execution(session));
        RowLayout layout = RowLayout.of(result.columns());
        return result.rows().stream()
                .map(row -> (String) Objects.requireNonNull(layout.decode(row)[0]))
                .toList();
    }

    LiveQuery compile(String sql, @Nullable Object... parameters) {
        return compileAs(SessionInfo.ANONYMOUS, sql, parameters);
    }

    LiveQuery compileAs(SessionInfo session, String sql, @Nullable Object... parameters) {
        return live.compile(database.catalog(), new LiveRequest(sql, Arrays.asList(parameters), session));
    }

    List<byte[]> rows(LiveQuery query) {
        return switch (query) {
            case TableQuery table -> {
                List<byte[]> rows = new ArrayList<>();
                table.rows(database.snapshot()).forEachRemaining(rows::add);
                yield rows;
            }
            case DerivedQuery derived -> derived.run(database.snapshot(), () -> false);
        };
    }

    /** What commits after an offset have changed in a query over one table. */
    List<RowChange> netChanges(LiveQuery query, long offset) {
        return ((TableQuery) query).netChanges(after(offset).iterator());
    }

    /** The commits after an offset. */
    List<Commit> after(long offset) {
        return history.stream().filter(commit -> commit.offset() > offset).toList();
    }

    static String show(LiveQuery query, byte @Nullable [] row) {
        RowLayout layout = RowLayout.of(query.rowType());
        StringBuilder text = new StringBuilder("(");
        for (Object value : layout.decode(Objects.requireNonNull(row))) {
            text.append(text.length() > 1 ? "," : "").append(show(value));
        }
        return text.append(')').toString();
    }

    private static @Nullable Object show(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> "'" + text + "'";
            case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
            default -> value;
        };
    }

    static String show(LiveQuery query, RowChange change) {
        if (change.before() == null) {
            return "+ " + show(query, change.after());
        }
        return change.after() == null
                ? "- " + show(query, change.before())
                : "~ " + show(query, change.before()) + " -> " + show(query, change.after());
    }

    private static Execution execution(SessionInfo session, @Nullable Object... parameters) {
        return new Execution(session, Instant.EPOCH, new Random(1), Arrays.asList(parameters));
    }
}
