package dev.merapi.client.live;

import dev.merapi.client.row.Columns;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import java.time.Instant;
import java.util.List;

/**
 * What a live query tells, in the order in which it happened.
 *
 * <pre>
 * Ack(FRESH)    InitialBatch… Change…            the first time
 * Ack(RESUMED)  Change…                          after a lost connection, or from a given position
 * Ack(RESET)    Reset  InitialBatch… Change…     the position was of no use: throw away what you have
 * … Error                                        the end, if it is not close()
 * </pre>
 */
public sealed interface LiveEvent {

    /** How a live query has begun, or has begun again. */
    enum Start {
        /** All rows follow. */
        FRESH,
        /** What changed since the position follows; nothing is missing. */
        RESUMED,
        /** {@link Reset} and all rows follow. */
        RESET
    }

    /**
     * The server has opened the live query; comes again after each reconnect.
     *
     * @param keyColumns names of the columns that identify a row; empty when rows are told apart by all their values
     * @param position what the following rows, or changes, lead up to, as {@code offset@epoch}; not yet a checkpoint
     */
    record Ack(String subscriptionId, Columns columns, List<String> keyColumns, Start start, String position)
            implements LiveEvent {
        public Ack {
            keyColumns = List.copyOf(keyColumns);
        }
    }

    /** Some of the rows at the beginning; after the last batch {@code hasMore} is false. */
    record InitialBatch(Rows rows, boolean hasMore) implements LiveEvent {}

    /**
     * Rows have changed. What one commit changed arrives as at most three events: deletes, updates, inserts.
     *
     * <p>The rows of a query with ORDER BY have places, counted from 0. Whoever keeps a list of them, beginning with
     * all initial rows one after another, takes the changed rows in turn: the row at its old index is removed, the new
     * one inserted at its new index. The indexes are those in the list at that moment.
     *
     * @param rows the rows as they are now: of inserts and updates
     * @param oldValues the rows as they were: of updates, in the same order as {@code rows}, and of deletes
     * @param oldIndexes where the rows in {@code oldValues} stood, -1 for one that {@code lastRows} had left out; empty
     *     when the query has no ORDER BY, or was resumed at a position of which this client does not have the rows
     * @param newIndexes where the rows in {@code rows} stand; empty as {@code oldIndexes}
     * @param commitTime when the (last) commit happened
     * @param endOfCommit whether this was the last event of the commit; only then everything is consistent
     * @param checkpoint up to where the application is after this event; inside of a commit that is its beginning
     */
    record Change(
            ChangeType changeType,
            List<Row> rows,
            List<Row> oldValues,
            List<Integer> oldIndexes,
            List<Integer> newIndexes,
            Instant commitTime,
            boolean endOfCommit,
            Checkpoint checkpoint)
            implements LiveEvent {
        public Change {
            rows = List.copyOf(rows);
            oldValues = List.copyOf(oldValues);
            oldIndexes = List.copyOf(oldIndexes);
            newIndexes = List.copyOf(newIndexes);
        }
    }

    /**
     * The rows known so far are worth nothing: the initial rows follow. Comes after an {@link Ack} with
     * {@link Start#RESET}.
     *
     * @param reason why the position could not be resumed, such as {@code HISTORY_TRUNCATED} or {@code OTHER_EPOCH};
     *     {@code INITIAL_ROWS_INTERRUPTED} when the connection was lost before all initial rows had come
     */
    record Reset(String reason) implements LiveEvent {}

    /** The last event of a live query that did not end by {@code close()}. */
    @SuppressWarnings("AvoidCommonTypeNames") // the name users of live events know, always qualified in use
    record Error(LiveError error) implements LiveEvent {}
}
