package dev.merapi.client;

import dev.merapi.client.row.Rows;

/**
 * What one statement did.
 *
 * @param command what kind of statement it was, as PostgreSQL names it: {@code INSERT}, {@code CREATE TABLE}
 * @param rowCount rows inserted, updated or deleted, or rows returned
 * @param rows the rows of RETURNING or of a SELECT; none for other statements
 */
public record ExecuteResult(String command, long rowCount, Rows rows) {
    /** The position of the transaction's commit, as {@code offset@epoch}. */
    public String position() {
        return rows.position();
    }
}
