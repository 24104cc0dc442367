package dev.merapi.client.internal.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.row.Columns;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.ErrorInfo;
import dev.merapi.wire.Position;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Start;
import dev.merapi.wire.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with the server about one live query, over any number of connections.
 *
 * <pre>
 * Detached ──attach──► Opening ──Subscribed──► Loading ──last batch──► Live ──too slow──► Paused ──drained──► Opening
 *     ▲                   │                  └► CatchingUp ──NetUpdate─┘
 *     └──────detach───────┴── from every phase but Ended
 * </pre>
 *
 * The one thing that must never go wrong is {@link #applied}: it moves only together with the rows, so whenever a
 * connection is lost, resuming from it misses nothing and repeats nothing.
 *
 * <p>Passive. All methods are called under the client's lock.
 */
public final class LiveQuery {
    /**
     * Batches asked for ahead of the one that is wanted next, so that a long snapshot does not wait for round trips:
     * when rows are collected, ahead of those that have arrived; when they are events, of what the application takes.
     */
    private static final int BATCHES_AHEAD = 3;

    private final String name;
    private final Statement statement;
    private final LiveOptions options;
    private final Sink sink;
    // guarded by the client's lock
    private Phase phase = new Phase.Detached();
    private @Nullable Link link;
    private @Nullable Position applied;
    private Origin origin;
    private boolean reload;
    private int fetchesAhead;
    private final List<RowChange> parts = new ArrayList<>();

    /** What a live query needs of a connection. Ids are never used again on the same connection. */
    public interface Link {
        long epoch();

        /** A new subscription id; messages that name it are passed to this query from now on. */
        int route(LiveQuery query);

        /** Messages that name the id are ignored from now on. */
        void unroute(int subscriptionId);

        void send(ClientMessage message);

        /** Attaches the query again after a while. */
        void retryLater(LiveQuery query);
    }

    /** Where the first subscription begins. */
    sealed interface Origin {
        record Beginning() implements Origin {}

        /** After an offset of whatever history the server has. */
        record Offset(long offset) implements Origin {}

        record At(Position position) implements Origin {}
    }

    private sealed interface Phase {
        /** Not known to the server, and not trying to be. */
        record Detached() implements Phase {}

        record Opening(int id, OptionalInt asked, @Nullable Position from) implements Phase {}

        record Loading(int id, long resultId, Position position) implements Phase {}

        /** @param epoch of the server, which may have begun a new one since the position the query is resumed from */
        record CatchingUp(int id, long resultId, long epoch) implements Phase {}

        record Live(int id, long resultId) implements Phase {}

        /** Taken back from the server until the application has caught up. */
        record Paused() implements Phase {}

        record Ended() implements Phase {}
    }

    LiveQuery(String name, Statement statement, LiveOptions options, Sink sink, Origin origin) {
        this.name = name;
        this.statement = statement;
        this.options = options;
        this.sink = sink;
        this.origin = origin;
    }

    public String name() {
        return name;
    }

    public boolean hasEnded() {
        return phase instanceof Phase.Ended;
    }

    /** The shared result this query reads at the moment, or -1. */
    public long resultId() {
        return phase instanceof Phase.Live live ? live.resultId() : -1;
    }

    /** A connection is there: opens the live query, or resumes it. */
    public void attach(Link newLink) {
        link = newLink;
        if (phase instanceof Phase.Detached) {
            open(newLink);
        }
    }

    /** The connection is gone. What was under way is forgotten; what was applied stays. */
    public void detach() {
        link = null;
        parts.clear();
        if (!(phase instanceof Phase.Ended || phase instanceof Phase.Paused)) {
            phase = new Phase.Detached();
        }
    }

    private void open(Link on) {
        int id = on.route(this);
        OptionalInt asked = sink.rowsToLoad(reload);
        Position from = from(on);
        phase = new Phase.Opening(id, asked, from);
        parts.clear();
        on.send(new ClientMessage.Subscribe(
                id, statement, new dev.merapi.wire.LiveOptions(options.batchSize(), asked, from)));
    }

    private @Nullable Position from(Link on) {
        if (reload) {
            return null;
        }
        if (applied != null) {
            return applied;
        }
        return switch (origin) {
            case Origin.Beginning b -> null;
            case Origin.Offset offset -> new Position(on.epoch(), offset.offset());
            case Origin.At at -> at.position();
        };
    }

    public void subscribed(ServerMessage.Subscribed m) {
        if (!(phase instanceof Phase.Opening opening) || opening.id() != m.subscriptionId()) {
            return;
        }
        Columns columns = Columns.of(m.rowType(), m.order().hidden());
        try {
            sink.begun(new Sink.Beginning(
                    columns,
                    m.keyColumns(),
                    m.order(),
                    m.position(),
                    opening.from(),
                    m.start(),
                    opening.asked(),
                    reload));
        } catch (CodedException e) {
            end(e);
            return;
        }
        if (m.start() instanceof Start.Resumed) {
            applied = opening.from() == null ? m.position() : opening.from();
            phase = new Phase.CatchingUp(
                    m.subscriptionId(), m.resultId(), m.position().epoch());
            return;
        }
        // From here on the application may have some of the new rows: nothing older can be resumed any more.
        applied = null;
        origin = new Origin.Beginning();
        phase = new Phase.Loading(m.subscriptionId(), m.resultId(), m.position());
        boolean fetches = readsAhead() || options.autoFetchBatches();
        for (int i = fetchesAhead + (fetches ? BATCHES_AHEAD : 0); i > 0; i--) {
            send(new ClientMessage.NextBatch(m.subscriptionId()));
        }
        fetchesAhead = 0;
    }

    /** Rows go into a list that is bounded by the result itself; events wait for the application to take them. */
    private boolean readsAhead() {
        return (options.autoFetchBatches() || reload) && sink instanceof RowsFeed;
    }

    public void batch(ServerMessage.Batch m) {
        if (!(phase instanceof Phase.Loading loading) || loading.id() != m.subscriptionId()) {
            return;
        }
        if (!m.hasMore()) {
            applied = loading.position();
            reload = false;
            phase = new Phase.Live(loading.id(), loading.resultId());
        }
        try {
            sink.rows(m.rows(), !m.hasMore(), loading.position());
        } catch (CodedException e) {
            end(e);
            return;
        }
        if (m.hasMore() && readsAhead()) {
            send(new ClientMessage.NextBatch(loading.id()));
        }
    }

    public void update(ServerMessage.Update m) {
        Position at = applied;
        if (phase instanceof Phase.Live && at != null && m.offset() > at.offset()) {
            collect(m.changes(), m.last(), at.withOffset(m.offset()), m.timestampMicros());
        }
    }

    public void netUpdate(ServerMessage.NetUpdate m) {
        Position at = applied;
        if (phase instanceof Phase.CatchingUp(int id, long resultId, long epoch) && id == m.subscriptionId()) {
            if (m.last()) {
                phase = new Phase.Live(id, resultId);
            }
            collect(m.changes(), m.last(), new Position(epoch, m.offset()), m.timestampMicros());
        } else if (phase instanceof Phase.Live l && l.id() == m.subscriptionId() && at != null) {
            collect(m.changes(), m.last(), at.withOffset(m.offset()), m.timestampMicros());
        }
    }

    private void collect(List<RowChange> changes, boolean last, Position reached, long timestampMicros) {
        if (!last) {
            parts.addAll(changes);
            return;
        }
        List<RowChange> all = changes;
        if (!parts.isEmpty()) {
            parts.addAll(changes);
            all = List.copyOf(parts);
            parts.clear();
        }
        applied = reached;
        Sink.Verdict verdict;
        try {
            verdict = sink.changes(all, reached, timestampMicros);
        } catch (CodedException e) {
            end(e);
            return;
        }
        obey(verdict, reached);
    }

    private void obey(Sink.Verdict verdict, Position reached) {
        switch (verdict) {
            case CONTINUE -> {}
            case RELOAD -> reopen();
            case REPAIR -> {
                sink.troubled(new CodedException(
                                ErrorCode.LIVE_ROWS_DIVERGED,
                                "a change contradicts the rows; all rows are fetched anew")
                        .with("live", name)
                        .with("position", reached));
                reopen();
            }
            case PAUSE -> {
                leave();
                phase = new Phase.Paused();
            }
            case END -> {
                leave();
                phase = new Phase.Ended();
            }
        }
    }

    public void progress(long offset) {
        Position at = applied;
        if (phase instanceof Phase.Live && at != null && parts.isEmpty() && offset > at.offset()) {
            applied = at.withOffset(offset);
            sink.progressed(applied);
        }
    }

    /** The server has ended the subscription by an error, or has confirmed its end. */
    public void ended(@Nullable ErrorInfo error) {
        if (phase instanceof Phase.Ended) {
            return;
        }
        CodedException reason = error == null
                ? new CodedException(ErrorCode.CONNECTION_LOST, "the server ended the live query without a reason")
                : error.toException();
        Link on = link;
        if (on != null && (error == null || error.retryable())) {
            leaveQuietly();
            phase = new Phase.Detached();
            sink.troubled(reason.with("live", name));
            on.retryLater(this);
            return;
        }
        leaveQuietly();
        phase = new Phase.Ended();
        sink.failed(reason);
    }

    /** The client has come to its end. */
    public void abandon(CodedException reason) {
        if (!(phase instanceof Phase.Ended)) {
            phase = new Phase.Ended();
            sink.failed(reason);
        }
    }

    /** The application has taken something: perhaps there is room for more. */
    void consumed() {
        Link on = link;
        switch (phase) {
            case Phase.Paused paused -> {
                if (sink.isDrained()) {
                    phase = new Phase.Detached();
                    if (on != null) {
                        open(on);
                    }
                }
            }
            case Phase.Loading loading -> {
                if (options.autoFetchBatches() && !readsAhead()) {
                    send(new ClientMessage.NextBatch(loading.id()));
                }
            }
            case Phase.Detached d -> {}
            case Phase.Opening o -> {}
            case Phase.CatchingUp c -> {}
            case Phase.Live l -> {}
            case Phase.Ended e -> {}
        }
    }

    void fetchNextBatch() {
        switch (phase) {
            case Phase.Loading loading -> send(new ClientMessage.NextBatch(loading.id()));
            case Phase.Detached d -> fetchesAhead++;
            case Phase.Opening o -> fetchesAhead++;
            case Phase.CatchingUp c -> {}
            case Phase.Live l -> {}
            case Phase.Paused p -> {}
            case Phase.Ended e -> {}
        }
    }

    /** The application does not want it any more. */
    public void close() {
        if (!(phase instanceof Phase.Ended)) {
            leave();
            phase = new Phase.Ended();
            sink.closed();
        }
    }

    private void reopen() {
        leave();
        reload = true;
        Link on = link;
        phase = new Phase.Detached();
        if (on != null) {
            open(on);
        }
    }

    private void end(CodedException error) {
        leave();
        phase = new Phase.Ended();
        sink.failed(error);
    }

    private void leave() {
        int id = leaveQuietly();
        if (id >= 0) {
            send(new ClientMessage.Unsubscribe(id));
        }
    }

    private int leaveQuietly() {
        parts.clear();
        int id = switch (phase) {
            case Phase.Opening opening -> opening.id();
            case Phase.Loading loading -> loading.id();
            case Phase.CatchingUp catchingUp -> catchingUp.id();
            case Phase.Live live -> live.id();
            case Phase.Detached d -> -1;
            case Phase.Paused p -> -1;
            case Phase.Ended e -> -1;
        };
        Link on = link;
        if (id >= 0 && on != null) {
            on.unroute(id);
        }
        return id;
    }

    private void send(ClientMessage message) {
        Link on = link;
        if (on != null) {
            on.send(message);
        }
    }
}
