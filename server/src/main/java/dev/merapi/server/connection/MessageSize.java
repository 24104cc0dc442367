package dev.merapi.server.connection;

import dev.merapi.wire.Result;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import java.util.List;

/** About how many bytes a message will have. What counts is rows; the rest is a flat amount. */
final class MessageSize {
    private static final int FLAT_BYTES = 64;
    private static final int ERROR_BYTES = 512;
    private static final int COLUMN_BYTES = 24;
    private static final int ROW_BYTES = 4;

    private MessageSize() {}

    static int of(ServerMessage message) {
        long size = switch (message) {
            case ServerMessage.Results m -> results(m.results());
            case ServerMessage.ResultRows m -> rows(m.rows());
            case ServerMessage.Batch m -> rows(m.rows());
            case ServerMessage.Update m -> changes(m.changes());
            case ServerMessage.NetUpdate m -> changes(m.changes());
            case ServerMessage.Subscribed m -> (long) m.rowType().size() * COLUMN_BYTES;
            case ServerMessage.RequestFailed m -> ERROR_BYTES;
            case ServerMessage.SubscriptionEnded m -> m.error() == null ? 0 : ERROR_BYTES;
            case ServerMessage.Welcome m -> ERROR_BYTES;
            case ServerMessage.Goodbye m -> ERROR_BYTES;
            case ServerMessage.Live m -> 0;
            case ServerMessage.Progress m -> 0;
            case ServerMessage.Pong m -> 0;
        };
        return (int) Math.min(size + FLAT_BYTES, Integer.MAX_VALUE);
    }

    static long results(List<Result> results) {
        long size = 0;
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            size += FLAT_BYTES + (long) result.rowType().size() * COLUMN_BYTES + rows(result.rows());
        }
        return size;
    }

    static long rows(List<byte[]> rows) {
        long size = 0;
        for (int i = 0; i < rows.size(); i++) {
            size += rows.get(i).length + ROW_BYTES;
        }
        return size;
    }

    private static long changes(List<RowChange> changes) {
        long size = 0;
        for (RowChange change : changes) {
            size += FLAT_BYTES
                    + switch (change) {
                        case RowChange.Insert c -> c.row().length;
                        case RowChange.Delete c -> c.row().length;
                        case RowChange.Update c -> (long) c.before().length + c.after().length;
                    };
        }
        return size;
    }
}
