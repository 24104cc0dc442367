package dev.merapi.server.database;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.Prepared;
import dev.merapi.query.RequestSession;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlResult;
import dev.merapi.query.system.LiveDescription;
import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.store.Catalog;
import dev.merapi.store.Snapshot;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.Position;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SQL on one database: transactions through its writer, queries on snapshots beside it. Any thread. */
public final class SqlService {
    private static final Logger LOG = LoggerFactory.getLogger(SqlService.class);

    private static final String CAUSE = "sql";

    /** What a statement has in it that reads tables about what is kept live; asked only when it cannot be planned. */
    private static final String LIVE_TABLES = "merapi.live_";

    private final SqlEngine engine;
    private final DatabaseLoop loop;
    private final LiveState live;
    private final LogWriter log;
    private final QueryPool pool;
    private final InstantSource clock;
    private final ServerLimits limits;
    private final Predicate<String> privilegedRoles;

    /** Used by the writer's thread alone, for one transaction after the other. */
    private final RandomGenerator writerRandom;

    /** Guarded by itself: any thread may split a generator off. */
    private final SplittableRandom queryRandom;

    /**
     * @param seeds only asked here
     * @param privilegedRoles whether a role is privileged
     */
    public SqlService(
            SqlEngine engine,
            DatabaseRuntime database,
            LiveState live,
            QueryPool pool,
            InstantSource clock,
            RandomGenerator seeds,
            ServerLimits limits,
            Predicate<String> privilegedRoles) {
        this.engine = engine;
        this.loop = database.loop();
        this.live = live;
        this.log = database.log();
        this.pool = pool;
        this.clock = clock;
        this.writerRandom = new SplittableRandom(seeds.nextLong());
        this.queryRandom = new SplittableRandom(seeds.nextLong());
        this.limits = limits;
        this.privilegedRoles = privilegedRoles;
    }

    /** The newest commit. */
    public Position position() {
        return new Position(loop.epoch(), loop.offset());
    }

    /**
     * A request to run statements as one transaction, for {@link #submit}.
     *
     * @param completion gets a result per statement, or the reason why nothing happened
     */
    public Request request(
            SqlCall call,
            List<SqlStatement> statements,
            Confirm confirm,
            Request.Completion<List<SqlResult>> completion) {
        RequestSession session = new RequestSession(call.session(), privilegedRoles);
        Script script = new Script(engine, call, session, statements, writerRandom, limits);
        return new Request.Write<>(call.caller(), CAUSE, script, confirm, completion);
    }

    /**
     * Plans statements that are seen for the first time on another thread, because planning takes milliseconds and
     * whoever asks here has others to serve, as has the writer. For the same reason what is kept live is asked here, if
     * they read that.
     *
     * @param then called when that is done, on another thread; whatever is wrong with a statement is left to its run
     * @return false if there is nothing to do, or nobody to do it: then {@code then} is not called
     */
    public boolean planAhead(SessionInfo session, List<SqlStatement> statements, Request request, Runnable then) {
        return !isReady(session, statements) && pool.tryExecute(() -> prepare(session, statements, request, then));
    }

    private void prepare(SessionInfo session, List<SqlStatement> statements, Request request, Runnable then) {
        boolean readsLive;
        try {
            readsLive = plan(session, statements);
        } catch (Error e) {
            then.run();
            throw e;
        }
        if (readsLive && session.privileged()) {
            askLive(description -> {
                if (description != null) {
                    request.know(description);
                }
                then.run();
            });
        } else {
            then.run();
        }
    }

    /**
     * @param then gets null when nobody answers
     */
    @SuppressWarnings("FutureReturnValueIgnored") // whoever waits is told by what is done then
    private void askLive(Consumer<@Nullable LiveDescription> then) {
        live.describe()
                .orTimeout(limits.get(Limit.STATEMENT_MILLIS), TimeUnit.MILLISECONDS)
                .whenComplete((description, failure) -> then.accept(description));
    }

    /** Whether all are planned and none reads what is kept live. */
    private boolean isReady(SessionInfo session, List<SqlStatement> statements) {
        Catalog catalog = loop.catalog();
        for (SqlStatement statement : statements) {
            if (Script.mayBeScript(statement) || !engine.isReady(catalog, session, statement.sql())) {
                return false;
            }
        }
        return true;
    }

    /**
     * @return whether one of them reads what is kept live
     */
    private boolean plan(SessionInfo signedIn, List<SqlStatement> statements) {
        Catalog catalog = loop.catalog();
        RequestSession session = new RequestSession(signedIn, privilegedRoles);
        boolean readsLive = false;
        for (SqlStatement statement : statements) {
            if (Script.mayBeScript(statement)) {
                for (String sql : textsOf(statement)) {
                    readsLive |= plan(catalog, session, sql);
                }
            } else {
                readsLive |= plan(catalog, session, statement.sql());
            }
        }
        return readsLive;
    }

    private List<String> textsOf(SqlStatement script) {
        try {
            return engine.transactions(script.sql()).stream()
                    .flatMap(part -> part.statements().stream())
                    .toList();
        } catch (CodedException e) {
            LOG.trace("not planned ahead: {}", script.sql(), e);
            return List.of();
        }
    }

    private boolean plan(Catalog catalog, RequestSession session, String sql) {
        try {
            Prepared prepared = engine.prepare(catalog, session.current(), sql);
            session.follow(prepared);
            return prepared.readsLive();
        } catch (CodedException e) {
            // Perhaps it needs a table that the statement before it will create. The writer finds out.
            LOG.trace("not planned ahead: {}", sql, e);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug("could not be planned ahead: {}", sql, e);
        }
        return sql.contains(LIVE_TABLES);
    }

    /** Hands requests over, in order. */
    public void submit(List<? extends Request> requests) {
        loop.submit(requests);
    }

    /**
     * Runs statements as one transaction. Plans them first, on this thread, if they are seen for the first time.
     *
     * @param completion gets a result per statement, or the reason why nothing happened
     */
    public void execute(
            SqlCall call,
            List<SqlStatement> statements,
            Confirm confirm,
            Request.Completion<List<SqlResult>> completion) {
        Request request = request(call, statements, confirm, completion);
        if (isReady(call.session(), statements)) {
            loop.submit(request);
        } else {
            prepare(call.session(), statements, request, () -> loop.submit(request));
        }
    }

    /**
     * Runs one reading statement on a snapshot that holds everything asked of the writer before.
     *
     * @param completion gets one result, or the reason why there is none
     */
    public void query(SqlCall call, SqlStatement statement, Request.Completion<List<SqlResult>> completion) {
        Runnable refusal = () -> completion.failed(
                new CodedException(ErrorCode.WRITE_IN_QUERY, "a query is one statement that only reads")
                        .hint("send it as a transaction"));
        onSnapshot(call, statement, completion, refusal);
    }

    /**
     * Runs a single reading statement on a snapshot, and everything else as one transaction.
     *
     * @param completion gets a result per statement, or the reason why nothing happened
     */
    public void run(
            SqlCall call,
            List<SqlStatement> statements,
            Confirm confirm,
            Request.Completion<List<SqlResult>> completion) {
        if (statements.size() == 1) {
            SqlStatement only = statements.getFirst();
            onSnapshot(call, only, completion, () -> execute(call, statements, confirm, completion));
        } else {
            execute(call, statements, confirm, completion);
        }
    }

    private void onSnapshot(
            SqlCall call, SqlStatement statement, Request.Completion<List<SqlResult>> completion, Runnable otherwise) {
        loop.submit(new Request.Read(new Request.SnapshotReceiver() {
            @Override
            public void accept(Snapshot snapshot) {
                pool.execute(new QueryTask(call, statement, snapshot, null, completion, otherwise));
            }

            @Override
            public void failed(CodedException reason) {
                completion.failed(reason);
            }
        }));
    }

    private RandomGenerator nextRandom() {
        synchronized (queryRandom) {
            return queryRandom.split();
        }
    }

    /** One statement on its way to a thread on which it is run over a snapshot, if it only reads. */
    private final class QueryTask implements QueryPool.Task {
        private final SqlCall call;
        private final SqlStatement statement;
        private final Snapshot snapshot;
        /** Null unless it has been asked for. */
        private final @Nullable LiveDescription description;

        private final Request.Completion<List<SqlResult>> completion;
        private final Runnable otherwise;

        /**
         * @param otherwise what to do when it turns out that it is more than one statement, or one that writes
         */
        QueryTask(
                SqlCall call,
                SqlStatement statement,
                Snapshot snapshot,
                @Nullable LiveDescription description,
                Request.Completion<List<SqlResult>> completion,
                Runnable otherwise) {
            this.call = call;
            this.statement = statement;
            this.snapshot = snapshot;
            this.description = description;
            this.completion = completion;
            this.otherwise = otherwise;
        }

        @Override
        public void run() {
            try {
                call.cancellation().check();
                String sql = statement.sql();
                boolean single = sql.indexOf(';') < 0 || engine.split(sql).size() == 1;
                Prepared prepared = single ? engine.prepare(snapshot.catalog(), call.session(), sql) : null;
                if (prepared == null || prepared.writes()) {
                    otherwise.run();
                } else if (prepared.readsLive()
                        && description == null
                        && call.session().privileged()) {
                    askLive(this::goOn);
                } else {
                    complete(prepared.run(
                            snapshot,
                            Script.execution(
                                    call, call.session(), statement, clock.instant(), nextRandom(), description)));
                }
            } catch (CodedException e) {
                completion.failed(Script.explain(e, call.cancellation()));
            } catch (RuntimeException | Error e) {
                LOG.error("query failed in an unforeseen way: {}", statement.sql(), e);
                completion.failed(new CodedException(ErrorCode.INTERNAL, "query failed in an unforeseen way")
                        .with("cause", e)
                        .causedBy(e));
            }
        }

        private void goOn(@Nullable LiveDescription answer) {
            if (answer == null) {
                completion.failed(new CodedException(ErrorCode.BUSY, "what is kept live could not be asked in time")
                        .hint("try again in a moment"));
            } else {
                pool.execute(new QueryTask(call, statement, snapshot, answer, completion, otherwise));
            }
        }

        private void complete(SqlResult result) {
            Script.requireBelow(limits.get(Limit.RESULT_BYTES), Script.sizeBytes(result));
            Position position = new Position(loop.epoch(), snapshot.offset());
            boolean durable = snapshot.offset() <= log.durableOffset();
            completion.completed(List.of(result), new Request.Receipt(position, durable));
            completion.flush();
        }

        @Override
        public void fail(CodedException reason) {
            completion.failed(reason);
        }
    }
}
