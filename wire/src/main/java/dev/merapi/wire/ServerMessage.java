package dev.merapi.wire;

import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything a server can say, independent of the bytes of a protocol. */
public sealed interface ServerMessage {

    /**
     * The answer to {@link ClientMessage.Hello}; nothing is sent before it.
     *
     * @param revision the revision both sides use from now on: the lower one of the two sides
     * @param capabilities the client's capabilities that the server has too
     * @param connectionId names this connection in the server's log and metrics
     * @param identity who the client is to the server; empty means anonymous
     * @param database the database the connection works on, by its name
     * @param position the newest commit of the database at this moment
     * @param limits what the server will refuse
     */
    record Welcome(
            int revision,
            List<String> capabilities,
            long connectionId,
            String identity,
            String database,
            Position position,
            ConnectionLimits limits)
            implements ServerMessage {
        public Welcome {
            capabilities = List.copyOf(capabilities);
        }
    }

    /**
     * The answer to {@link ClientMessage.Execute} and {@link ClientMessage.Query}.
     *
     * @param results one per statement; the rows of {@link ResultRows} messages with the same request id come before
     *     the rows in here
     * @param position the newest commit the answer has seen; for a transaction that wrote something, its own commit
     * @param durable whether that commit was known to be on disk when the answer left
     */
    record Results(long requestId, List<Result> results, Position position, boolean durable) implements ServerMessage {
        public Results {
            results = List.copyOf(results);
        }
    }

    /**
     * Rows of a result that is too large for one message: sent zero or more times before the {@link Results}.
     *
     * @param statement index into the statements of the request, from 0; never decreases within one request
     */
    record ResultRows(long requestId, int statement, List<byte[]> rows) implements ServerMessage {
        public ResultRows {
            rows = List.copyOf(rows);
        }
    }

    /** The request had no effect, for this reason. */
    record RequestFailed(long requestId, ErrorInfo error) implements ServerMessage {}

    /**
     * A live query has begun.
     *
     * <p>What follows depends on {@code start}: for {@link Start.Fresh} and {@link Start.Reset} one or more
     * {@link Batch}es, the last of which has {@code hasMore = false}; for {@link Start.Resumed} exactly one
     * {@link NetUpdate} (perhaps empty, perhaps in parts). Until then no other update reaches this subscription. All
     * of it is true as of {@code position}; updates with greater offsets come after it.
     *
     * @param resultId the shared result this subscription reads; {@link Update}s name it
     * @param rowType the columns, those that only serve the order last
     * @param keyColumns indexes into the columns of {@code rowType} that identify a row (the primary key, when the
     *     query selects all of it), or empty: then rows are a multiset, identified by their bytes
     * @param order in which the rows stand; it says all about places, so changes do not
     */
    record Subscribed(
            int subscriptionId,
            long resultId,
            RowType rowType,
            List<Integer> keyColumns,
            ResultOrder order,
            Position position,
            Start start)
            implements ServerMessage {
        public Subscribed {
            keyColumns = List.copyOf(keyColumns);
        }
    }

    /**
     * Some of the initial rows of a live query.
     *
     * @param rows not copied, for there may be many: the list must not change any more
     */
    record Batch(int subscriptionId, List<byte[]> rows, boolean hasMore, Position position) implements ServerMessage {
        public Batch {
            rows = Collections.unmodifiableList(rows);
        }
    }

    /**
     * What one commit changed in one result. It concerns every subscription of the connection that has this result id,
     * has got all of its initial rows, and whose position is below {@code offset}. The same bytes go to
     * every subscriber.
     *
     * @param end what is complete with this message; a client applies all parts of one result at once, after the last
     */
    record Update(long resultId, long offset, long timestampMicros, List<RowChange> changes, End end)
            implements ServerMessage {
        /** What an update is the end of. The ordinals are the bytes on the wire. */
        public enum End {
            /** Of nothing: more parts of the same result and offset follow. */
            PART,
            /** Of what the commit changed in this result; more results may follow. */
            RESULT,
            /**
             * Of the commit: everything this connection follows is now true as of {@code offset}, but for subscriptions
             * that have not been {@link Live} yet, and results that the server computes anew.
             */
            COMMIT
        }

        public Update {
            changes = List.copyOf(changes);
        }

        /** The same changes, as the end of something else. */
        public Update endingIn(End newEnd) {
            return new Update(resultId, offset, timestampMicros, changes, newEnd);
        }

        /** Whether all parts of the result are there. */
        public boolean last() {
            return end != End.PART;
        }
    }

    /**
     * The net difference of one subscription between its position so far and {@code offset}, over several commits:
     * after a resume, or when the client was too slow to be told of each.
     *
     * @param last false when more parts follow; a client applies all parts at once, after the last
     */
    record NetUpdate(int subscriptionId, long offset, long timestampMicros, List<RowChange> changes, boolean last)
            implements ServerMessage {
        public NetUpdate {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Every subscription of this connection that has got its initial rows has been told everything up to this offset,
     * so a client may store it as position even though none of its rows changed. Comes at times, and when a
     * subscription that was behind the others has caught up with them.
     */
    record Progress(long offset) implements ServerMessage {}

    /**
     * A subscription is live: it has been told everything up to this offset and is told of each commit from now on.
     * Comes once behind its first rows or the difference it resumed with, and again each time it was behind because the
     * client was slow.
     */
    record Live(int subscriptionId, long offset) implements ServerMessage {}

    /** A subscription is over: by {@link ClientMessage.Unsubscribe} (error is null), or because of the error. */
    record SubscriptionEnded(int subscriptionId, @Nullable ErrorInfo error) implements ServerMessage {}

    /** Answers {@link ClientMessage.Ping}. */
    record Pong(long nonce) implements ServerMessage {}

    /**
     * The server is about to close the connection with this code. Requests it accepted before are still answered; new
     * ones are not accepted.
     *
     * @param code as in the close frame that follows; see {@link CloseCode#reactionTo(int)}
     */
    record Goodbye(int code, String reason) implements ServerMessage {}
}
