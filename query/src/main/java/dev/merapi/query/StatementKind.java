package dev.merapi.query;

/** What a statement is, as far as its caller has to know. */
public enum StatementKind {
    /** SELECT, VALUES, TABLE: reads, unless a common table expression in it writes. */
    QUERY,
    /** INSERT. */
    INSERT,
    /** UPDATE. */
    UPDATE,
    /** DELETE. */
    DELETE,
    /** MERGE. */
    MERGE,
    /** CREATE, ALTER, DROP, TRUNCATE. */
    DEFINITION,
    /** EXPLAIN. */
    EXPLAIN,
    /** SET, SHOW. */
    SESSION,
    /** BEGIN, COMMIT, ROLLBACK: not executed but obeyed, see {@link SqlEngine#transactions}. */
    TRANSACTION
}
