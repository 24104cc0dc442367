package dev.merapi.client.internal.live;

import dev.merapi.client.row.Columns;
import dev.merapi.client.row.Row;
import dev.merapi.wire.RowChange;
import java.util.List;
import java.util.OptionalInt;

/**
 * Turns initial rows and changes into a list of rows. Passive; not thread-safe.
 *
 * <p>What cannot be true (the change of a row that is not there although all are known) is reported, not papered over.
 */
sealed interface Materialiser permits ArrivalMaterialiser, OrderedMaterialiser {
    /** What an {@link #apply} found out. */
    enum Outcome {
        /** The list is what it was. */
        UNCHANGED,
        CHANGED,
        /** A change contradicts the rows: the list cannot be trusted any more. */
        CONTRADICTION
    }

    /**
     * What part of a result is kept: the options {@code limit} and {@code lastRows}. Of a result with an order that is
     * its beginning, of any other the newest rows.
     */
    record Window(OptionalInt limit, OptionalInt lastRows) {
        static final Window ALL = new Window(OptionalInt.empty(), OptionalInt.empty());

        private static final int MIN_SLACK = 16;
        private static final int MAX_SLACK = 1000;

        /** The number of rows to ask the server for; empty means all. */
        OptionalInt rowsToLoad() {
            return beginsWithLimit() ? OptionalInt.of(limit.getAsInt() + slack()) : lastRows;
        }

        /** The same when rows that have been shown ran out, whatever the application wanted to begin with. */
        OptionalInt rowsToReload() {
            return limit.isPresent() ? OptionalInt.of(limit.getAsInt() + slack()) : lastRows;
        }

        boolean beginsWithLimit() {
            return limit.isPresent() && (lastRows.isEmpty() || lastRows.getAsInt() >= limit.getAsInt());
        }

        /** How many rows more than the limit are kept, so that one that leaves can be replaced. */
        int slack() {
            return Math.clamp(limit.orElse(0), MIN_SLACK, MAX_SLACK);
        }
    }

    Columns columns();

    /** Adds initial rows. */
    void load(List<byte[]> initial);

    /** Takes over rows that were materialised before. */
    void load(Iterable<Row> initial);

    /**
     * All initial rows are there.
     *
     * @param asked how many were asked for; empty means all
     * @param received how many came
     */
    void loaded(OptionalInt asked, long received);

    /** Applies what changed from one point in history to another, all of it at once. */
    Outcome apply(List<RowChange> changes);

    /** The rows the application sees; they stay as they are. */
    List<Row> visible();

    /** Whether fewer rows are left than the limit while more exist at the server. */
    boolean wantsReload();
}
