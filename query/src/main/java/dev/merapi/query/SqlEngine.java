package dev.merapi.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.BoundStatement;
import dev.merapi.query.sql.ParsedStatement;
import dev.merapi.query.sql.SqlParser;
import dev.merapi.query.sql.bind.Binder;
import dev.merapi.query.sql.scope.PolicySubject;
import dev.merapi.store.Catalog;
import dev.merapi.store.ConstraintCompiler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prepares SQL. Plans are kept by text, catalog, schema and role, so preparing the same text again costs a look-up.
 * Safe for any thread; it has no thread of its own.
 */
public final class SqlEngine {
    /**
     * What a plan is found by: never by who asks, only by whose policies apply. A catalog is compared by identity: two
     * of one version may differ, if one was rolled back.
     */
    private record Key(Catalog catalog, String schema, PolicySubject subject, String sql) {
        static Key of(Catalog catalog, SessionInfo session, String sql) {
            return new Key(catalog, session.schema(), subjectOf(session), sql);
        }
    }

    /** A plan where the next look-up finds it without counting uses or hashing anything but the text. */
    private record Recent(Key key, Prepared plan) {
        boolean isFor(Catalog catalog, SessionInfo session, String sql) {
            return key.catalog() == catalog
                    && key.sql().equals(sql)
                    && key.schema().equals(session.schema())
                    && key.subject().equals(subjectOf(session));
        }
    }

    /** Slots for {@link Recent} plans, a power of two. */
    private static final int RECENT_PLANS = 256;

    /** Longer texts are rarely sent twice, and not worth keeping alive. */
    private static final int MAX_RECENT_CHARS = 4096;

    /** What an entry weighs besides its text, in characters. */
    private static final int ENTRY_WEIGHT = 256;

    private final SqlOptions options;
    private final LiveExplainer liveExplainer;
    private final SqlParser parser = new SqlParser();
    private final Binder binder = new Binder();
    private final Cache<Key, Prepared> plans;
    /** By hash of the text. Written by any thread without order: an entry is right or it is not used. */
    private final @Nullable Recent[] recent = new @Nullable Recent[RECENT_PLANS];

    /** An engine for databases whose queries nobody keeps live. */
    public SqlEngine(SqlOptions options) {
        this(options, (query, view, live) -> {
            throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "no live queries are kept here").hint("use EXPLAIN");
        });
    }

    /** An engine that answers EXPLAIN LIVE. */
    public SqlEngine(SqlOptions options, LiveExplainer liveExplainer) {
        this.options = options;
        this.liveExplainer = liveExplainer;
        this.plans = Caffeine.newBuilder()
                .maximumWeight(options.planCacheChars())
                .weigher((Key key, Prepared plan) -> key.sql().length() + ENTRY_WEIGHT)
                .executor(Runnable::run) // upkeep on the calling thread: no thread of ours
                .build();
    }

    public SqlOptions options() {
        return options;
    }

    /**
     * Splits a script into the texts of its statements, without looking at what they say.
     *
     * @throws CodedException SYNTAX_ERROR for an unclosed text or comment; STATEMENT_LIMIT
     */
    public List<String> split(String script) {
        return parser.split(script);
    }

    /**
     * Splits a script into its transactions. All statements are one, unless BEGIN, COMMIT and ROLLBACK say otherwise:
     * BEGIN takes what stands before it along, COMMIT and ROLLBACK end what has come so far.
     *
     * @throws CodedException TRANSACTION_NOT_CLOSED for a BEGIN without end; syntax errors, with a position in the
     * script
     */
    public List<ScriptTransaction> transactions(String script) {
        return ScriptTransactions.of(parser.parse(script));
    }

    /**
     * Prepares one statement.
     *
     * @throws CodedException for whatever is wrong with it, with a position in its text; SYNTAX_ERROR if there is none
     *     or more than one
     */
    public Prepared prepare(Catalog catalog, SessionInfo session, String sql) {
        Prepared known = find(catalog, session, sql);
        if (known != null) {
            return known;
        }
        // Planned outside of the cache's own computation, which would make others wait; planning twice does no harm.
        Prepared prepared = guarded(() -> plan(catalog, session, sql));
        if (prepared.kind() != StatementKind.DEFINITION) {
            plans.put(Key.of(catalog, session, sql), prepared);
        }
        return prepared;
    }

    /** Whether {@link #prepare} would find the plan, and nothing has to be asked before it is run. */
    public boolean isReady(Catalog catalog, SessionInfo session, String sql) {
        Prepared known = find(catalog, session, sql);
        return known != null && !known.readsLive();
    }

    private @Nullable Prepared find(Catalog catalog, SessionInfo session, String sql) {
        int slot = spread(sql.hashCode()) & (RECENT_PLANS - 1);
        Recent last = recent[slot];
        if (last != null && last.isFor(catalog, session, sql)) {
            return last.plan();
        }
        Key key = Key.of(catalog, session, sql);
        Prepared known = plans.getIfPresent(key);
        if (known != null && sql.length() <= MAX_RECENT_CHARS) {
            recent[slot] = new Recent(key, known);
        }
        return known;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }

    private static PolicySubject subjectOf(SessionInfo session) {
        return PolicySubject.of(session.role(), session.privileged());
    }

    private Prepared plan(Catalog catalog, SessionInfo session, String sql) {
        List<ParsedStatement> statements = parser.parse(sql);
        if (statements.size() != 1) {
            throw new CodedException(ErrorCode.SYNTAX_ERROR, "exactly one statement is wanted here")
                    .with("statements", statements.size())
                    .hint("send several statements as a script");
        }
        BoundStatement bound = binder.bind(catalog, session.schema(), subjectOf(session), statements.getFirst());
        return new StatementPlanner(new PlanSource(this, catalog, sql), binder, liveExplainer).plan(bound);
    }

    /** Runs something that descends as deep as the statement is nested, and says so if that is too deep. */
    static <T> T guarded(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (StackOverflowError e) {
            throw new CodedException(ErrorCode.STATEMENT_TOO_COMPLEX, "statement is nested too deeply")
                    .hint("split it, or use a list instead of nested operators")
                    .causedBy(e);
        }
    }

    /** Compiles the CHECKs of tables; for the options of a database. */
    public ConstraintCompiler constraintCompiler() {
        return new CheckCompiler(binder);
    }
}
