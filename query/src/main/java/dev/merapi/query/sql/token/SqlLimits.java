package dev.merapi.query.sql.token;

/**
 * How large SQL text may be. Each limit keeps one hostile statement from taking the memory or the stack of the server.
 */
public final class SqlLimits {
    /** Characters of a script: room for a bulk insert of some ten thousand rows, 8 MiB of memory. */
    public static final int SCRIPT_LENGTH = 4 << 20;

    /** Tokens of a script: each costs about 50 bytes while it is parsed. */
    public static final int TOKENS = 1 << 20;

    /**
     * How deep parentheses, queries and operators may be nested. Parser, binder, planner and evaluator descend
     * recursively, at about 1.5 KiB of stack per level in all, and threads have 1 MiB.
     */
    public static final int NESTING = 250;

    /** Highest parameter number, PostgreSQL's limit as well. */
    public static final int PARAMETERS = 65_535;

    /** Columns of a table or a result, PostgreSQL's limit as well. */
    public static final int COLUMNS = 1_600;

    /** Tables, functions and sub-queries joined with one another. */
    public static final int JOINED_TABLES = 200;

    /** Columns that these have together. */
    public static final int JOINED_COLUMNS = 8_000;

    private SqlLimits() {}
}
