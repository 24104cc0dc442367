package dev.merapi.client.internal.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.client.row.Columns;
import dev.merapi.wire.Position;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.Start;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Where a {@link LiveQuery} puts what the server says. Called under the client's lock; must not wait. */
interface Sink {

    /**
     * How a live query has begun, or begun again.
     *
     * @param position what the rows, or changes, that follow lead up to
     * @param from what the application has when the live query is resumed
     * @param serverKey indexes of the columns that identify a row as the server sees it; may be empty
     * @param order in which the rows stand
     * @param asked the number of newest rows asked for; empty means all
     * @param reload the application did not ask for this: whatever it sees stays until all rows are there
     */
    record Beginning(
            Columns columns,
            List<Integer> serverKey,
            ResultOrder order,
            Position position,
            @Nullable Position from,
            Start start,
            OptionalInt asked,
            boolean reload) {}

    /** What a sink wants after changes. */
    enum Verdict {
        CONTINUE,
        /** The newest rows are wanted anew. */
        RELOAD,
        /** The rows contradict the changes: all of it is wanted anew, and the application is to know. */
        REPAIR,
        /** No more until {@link #isDrained}; then the live query is to be resumed. */
        PAUSE,
        /** No more at all. */
        END
    }

    /**
     * The number of newest rows to ask for; empty means all.
     *
     * @param reload as in {@link Beginning}
     */
    OptionalInt rowsToLoad(boolean reload);

    /** @throws CodedException when the options do not go together with the columns; the live query then ends */
    void begun(Beginning beginning);

    /** Initial rows. */
    void rows(List<byte[]> rows, boolean last, Position position);

    /** Everything that changed up to a position. */
    Verdict changes(List<RowChange> changes, Position position, long timestampMicros);

    /** Nothing changed up to a position. */
    void progressed(Position position);

    /** An error that does not end the live query. */
    void troubled(CodedException error);

    /** The end, by an error. */
    void failed(CodedException error);

    /** The end, by the application. */
    void closed();

    /** Whether the application has taken everything. */
    boolean isDrained();
}
