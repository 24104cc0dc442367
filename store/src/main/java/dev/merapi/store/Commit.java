package dev.merapi.store;

import java.util.List;

/**
 * What one transaction changed, and nothing else. Immutable; any thread may read it, and its row bytes are shared with
 * the tables and must not be altered.
 *
 * <p>Applied in the order of its parts: schema changes first, in order; then the rows; then the sequences. Rows of a
 * table whose columns changed in the same transaction are given in the new form, before images included.
 *
 * @param offset the place in the database's history: 1 for the first commit, then without gaps
 * @param timestampMicros when the transaction began, in microseconds since 1970-01-01 UTC; may go back when the
 *     clock does
 * @param cause what made the transaction: a short text for people, such as {@code sql} or a reducer's name
 * @param tables one entry per table with changed rows, in ascending order of table id
 * @param sequences one entry per sequence that moved
 */
public record Commit(
        long offset,
        long timestampMicros,
        Caller caller,
        String cause,
        List<SchemaChange> schemaChanges,
        List<TableDelta> tables,
        List<SequenceChange> sequences) {

    public Commit {
        schemaChanges = List.copyOf(schemaChanges);
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
    }
}
