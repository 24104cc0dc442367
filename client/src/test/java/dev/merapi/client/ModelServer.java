package dev.merapi.client;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.client.transport.InMemoryTransport;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.ConnectionLimits;
import dev.merapi.wire.ErrorInfo;
import dev.merapi.wire.Position;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Start;
import dev.merapi.wire.v1.V1Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of live queries as the protocol describes it, over one table {@code items(id, body, n)} kept in a
 * map. It remembers the rows at every position, so a test can look up what a client should have seen there.
 *
 * <p>Query {@code small} selects rows with {@code n < 5}; every other text selects all rows.
 */
final class ModelServer implements InMemoryTransport.Peer {
    static final RowType TYPE = RowType.of(
            Column.required("id", ScalarType.I64),
            Column.optional("body", ScalarType.TEXT),
            Column.required("n", ScalarType.I32));
    static final RowLayout LAYOUT = RowLayout.of(TYPE);
    static final String SMALL = "small";
    private static final int SERVER_BATCH_ROWS = 4;

    private final Map<String, Integer> happened = new TreeMap<>();
    private final Map<InMemoryTransport.Link, Map<Integer, Subscription>> connections = new LinkedHashMap<>();
    private final List<ClientMessage> received = new ArrayList<>();
    private final Map<String, Map<Long, byte[]>> statesByPosition = new HashMap<>();
    private TreeMap<Long, List<RowChange>> history = new TreeMap<>();
    /** By row id, which a row keeps for life, in the order of insertion. */
    private final Map<Long, byte[]> rows = new LinkedHashMap<>();

    private long lastRowId;
    private long epoch = 7;
    private long offset;
    private long oldestResumable;

    /** Earlier epochs of this history, each with the last offset that was kept of it. */
    private final Map<Long, Long> keptOfEpoch = new HashMap<>();

    private boolean tellsKeys = true;
    private ResultOrder order = ResultOrder.NONE;
    private @Nullable ErrorCode refusal;

    private static final class Subscription {
        private final int id;
        private final boolean small;
        private final int batchSize;
        private List<byte[]> initial = List.of();
        private int credits = 1;
        private boolean loading;
        private boolean lagging;
        private long position;

        private Subscription(int id, boolean small, int batchSize) {
            this.id = id;
            this.small = small;
            this.batchSize = batchSize;
        }

        private long resultId() {
            return small ? 2 : 1;
        }
    }

    ModelServer() {
        remember();
    }

    static byte[] row(long id, @Nullable String body, int n) {
        return LAYOUT.encode(id, body, n);
    }

    /** How often which thing happened that makes the life of a client hard. */
    Map<String, Integer> happened() {
        return happened;
    }

    private void note(String what) {
        happened.merge(what, 1, Integer::sum);
    }

    /** From now on says that rows have no key. */
    ModelServer withoutKeys() {
        tellsKeys = false;
        return this;
    }

    /** From now on queries are ordered by {@code n} from the greatest to the least, which is hidden. */
    ModelServer inOrder() {
        order = new ResultOrder(List.of(new ResultOrder.Part(2, true, false)), 1);
        return this;
    }

    private List<byte[]> inOrder(Collection<byte[]> all) {
        List<byte[]> ordered = new ArrayList<>(all);
        if (order.isPresent()) {
            Comparator<byte[]> greatestFirst = Comparator.comparingLong((byte[] row) -> LAYOUT.getLong(row, 2))
                    .reversed();
            ordered.sort(greatestFirst.thenComparingLong(ModelServer::id));
        }
        return ordered;
    }

    /** From now on ends subscriptions with this error; null: no more. */
    void refuse(@Nullable ErrorCode code) {
        refusal = code;
    }

    List<ClientMessage> received() {
        return List.copyOf(received);
    }

    <M extends ClientMessage> List<M> received(Class<M> kind) {
        return received.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    Position position() {
        return new Position(epoch, offset);
    }

    /** What the query gives at this moment, in its order or that of insertion. */
    List<byte[]> rows(boolean small) {
        return inOrder(rows.values().stream().filter(row -> matches(row, small)).toList());
    }

    /** What the query gave at this position. */
    List<byte[]> rowsAt(String position, boolean small) {
        return inOrder(stateAt(position, small).values());
    }

    private Map<Long, byte[]> stateAt(String position, boolean small) {
        Map<Long, byte[]> state = statesByPosition.get(position);
        if (state == null) {
            throw new AssertionError("never was at " + position);
        }
        Map<Long, byte[]> matching = new LinkedHashMap<>(state);
        matching.values().removeIf(row -> !matches(row, small));
        return matching;
    }

    int subscriptions() {
        return connections.values().stream().mapToInt(Map::size).sum();
    }

    private static boolean matches(byte[] row, boolean small) {
        return !small || LAYOUT.getLong(row, 2) < 5;
    }

    private void remember() {
        statesByPosition.put(position().toString(), new LinkedHashMap<>(rows));
    }

    // ---- what happens to the table

    void insert(long id, String body, int n) {
        commit(List.of(new RowChange.Insert(row(id, body, n))));
    }

    void delete(long id) {
        commit(List.of(new RowChange.Delete(current(id))));
    }

    void update(long id, String body, int n) {
        commit(List.of(new RowChange.Update(current(id), row(id, body, n))));
    }

    byte[] current(long id) {
        return rows.values().stream().filter(row -> id(row) == id).findFirst().orElseThrow();
    }

    boolean has(long id) {
        return rows.values().stream().anyMatch(row -> id(row) == id);
    }

    /** One transaction: net changes, each row at most once. */
    void commit(List<RowChange> changes) {
        apply(changes);
        offset++;
        history.put(offset, changes);
        remember();
        connections.forEach((link, subscriptions) -> deliver(link, subscriptions.values(), changes));
    }

    /** Keys may be exchanged between rows, so the row ids are found before anything is changed. */
    private void apply(List<RowChange> changes) {
        Map<RowChange, Long> rowIds = new HashMap<>();
        for (RowChange change : changes) {
            long rowId = switch (change) {
                case RowChange.Delete delete -> rowId(delete.row());
                case RowChange.Update update -> rowId(update.before());
                case RowChange.Insert insert -> ++lastRowId;
            };
            rowIds.put(change, rowId);
        }
        for (RowChange change : changes) {
            switch (change) {
                case RowChange.Delete delete -> rows.remove(rowIds.get(change));
                case RowChange.Update update -> rows.put(rowIds.get(change), update.after());
                case RowChange.Insert insert -> rows.put(rowIds.get(change), insert.row());
            }
        }
    }

    private long rowId(byte[] row) {
        return rows.entrySet().stream()
                .filter(entry -> id(entry.getValue()) == id(row))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static long id(byte[] row) {
        return LAYOUT.getLong(row, 0);
    }

    /** Positions before this moment can no longer be resumed. */
    void truncateHistory() {
        oldestResumable = offset;
    }

    /** The server is killed before its newest commits are on disk, and comes back without them in a new epoch. */
    void crash(int commits) {
        List.copyOf(connections.keySet()).forEach(InMemoryTransport.Link::drop);
        connections.clear();
        long kept = Math.max(oldestResumable, offset - commits);
        for (long o = oldestResumable; o <= kept; o++) {
            Map<Long, byte[]> state = statesByPosition.get(new Position(epoch, o).toString());
            statesByPosition.put(new Position(epoch + 1, o).toString(), state);
        }
        keptOfEpoch.replaceAll((earlier, keptBefore) -> Math.min(keptBefore, kept));
        keptOfEpoch.put(epoch, kept);
        note(kept < offset ? "commits lost" : "crash without loss");
        epoch++;
        offset = kept;
        history.tailMap(kept, false).clear();
        rows.clear();
        rows.putAll(stateAt(position().toString(), false));
    }

    /** The database was created anew, with the same rows, by a new process: no connection survives it. */
    void startNewHistory() {
        List.copyOf(connections.keySet()).forEach(InMemoryTransport.Link::drop);
        connections.clear();
        epoch += 1000;
        keptOfEpoch.clear();
        offset = 100;
        oldestResumable = offset;
        history = new TreeMap<>();
        remember();
    }

    // ---- what subscribers are told

    private void deliver(InMemoryTransport.Link link, Iterable<Subscription> subscriptions, List<RowChange> changes) {
        for (boolean small : new boolean[] {false, true}) {
            List<RowChange> visible = visible(changes, small);
            boolean told = false;
            for (Subscription s : subscriptions) {
                if (s.small != small || s.loading || s.lagging) {
                    continue;
                }
                if (!told && !visible.isEmpty()) {
                    send(
                            link,
                            new ServerMessage.Update(
                                    s.resultId(), offset, offset * 1000, visible, ServerMessage.Update.End.RESULT));
                    told = true;
                }
                s.position = offset;
            }
        }
    }

    /** From now on tells subscribers nothing, as if they did not read, until {@link #catchUp}. */
    void lag() {
        connections.values().forEach(all -> all.values().forEach(s -> s.lagging = true));
    }

    /** Tells subscribers that lag the net difference, in parts of one change. */
    void catchUp() {
        connections.forEach((link, subscriptions) -> {
            for (Subscription s : subscriptions.values()) {
                if (s.lagging && !s.loading) {
                    s.lagging = false;
                    netUpdate(link, s);
                }
            }
        });
    }

    /** Tells all connections that nothing is missing up to now. */
    void progress() {
        connections.forEach((link, subscriptions) -> {
            if (subscriptions.values().stream().noneMatch(s -> s.loading || s.lagging)) {
                send(link, new ServerMessage.Progress(offset));
            }
        });
    }

    private void netUpdate(InMemoryTransport.Link link, Subscription s) {
        List<RowChange> net = netChanges(s.position, s.small);
        note(net.size() > 1 ? "difference in parts" : "difference at once");
        for (int i = 0; i < net.size() - 1; i++) {
            send(link, new ServerMessage.NetUpdate(s.id, offset, offset * 1000, List.of(net.get(i)), false));
        }
        List<RowChange> last = net.isEmpty() ? List.of() : List.of(net.getLast());
        send(link, new ServerMessage.NetUpdate(s.id, offset, offset * 1000, last, true));
        s.position = offset;
    }

    private List<RowChange> netChanges(long from, boolean small) {
        Map<Long, byte[]> before = stateAt(new Position(epoch, from).toString(), small);
        List<RowChange> net = new ArrayList<>();
        stateAt(position().toString(), small).forEach((rowId, row) -> {
            byte[] old = before.remove(rowId);
            if (old == null) {
                net.add(new RowChange.Insert(row));
            } else if (!Arrays.equals(old, row)) {
                net.add(new RowChange.Update(old, row));
            }
        });
        before.values().forEach(row -> net.add(new RowChange.Delete(row)));
        return net;
    }

    private static List<RowChange> visible(List<RowChange> changes, boolean small) {
        List<RowChange> visible = new ArrayList<>();
        for (RowChange change : changes) {
            switch (change) {
                case RowChange.Insert insert when matches(insert.row(), small) -> visible.add(insert);
                case RowChange.Delete delete when matches(delete.row(), small) -> visible.add(delete);
                case RowChange.Update update -> {
                    boolean was = matches(update.before(), small);
                    boolean is = matches(update.after(), small);
                    if (was && is) {
                        visible.add(update);
                    } else if (was) {
                        visible.add(new RowChange.Delete(update.before()));
                    } else if (is) {
                        visible.add(new RowChange.Insert(update.after()));
                    }
                }
                case RowChange.Insert insert -> {}
                case RowChange.Delete delete -> {}
            }
        }
        return visible;
    }

    // ---- what clients say

    @Override
    public void opened(InMemoryTransport.Link link) {
        connections.put(link, new LinkedHashMap<>());
    }

    @Override
    public void closed(InMemoryTransport.Link link, int code) {
        connections.remove(link);
    }

    @Override
    public void received(InMemoryTransport.Link link, byte[] message) {
        V1Codec.decodeClient(message, 0, message.length, m -> {
            received.add(m);
            answer(link, m);
        });
    }

    private void answer(InMemoryTransport.Link link, ClientMessage message) {
        Map<Integer, Subscription> subscriptions = connections.get(link);
        if (subscriptions == null) {
            return;
        }
        switch (message) {
            case ClientMessage.Hello m ->
                send(
                        link,
                        new ServerMessage.Welcome(
                                1,
                                List.of(),
                                connections.size(),
                                "",
                                "main",
                                position(),
                                new ConnectionLimits(1 << 20, 100, 100, 1000, 60_000)));
            case ClientMessage.Subscribe m -> subscribe(link, subscriptions, m);
            case ClientMessage.NextBatch m -> {
                Subscription s = subscriptions.get(m.subscriptionId());
                if (s != null && s.loading) {
                    s.credits++;
                    sendBatches(link, s);
                }
            }
            case ClientMessage.Unsubscribe m -> {
                note("unsubscribed");
                if (subscriptions.remove(m.subscriptionId()) != null) {
                    send(link, new ServerMessage.SubscriptionEnded(m.subscriptionId(), null));
                }
            }
            case ClientMessage.Ping m -> send(link, new ServerMessage.Pong(m.nonce()));
            case ClientMessage.Query m ->
                send(
                        link,
                        new ServerMessage.Results(
                                m.requestId(),
                                List.of(new dev.merapi.wire.Result("SELECT", TYPE, rows(false), rows.size())),
                                position(),
                                true));
            case ClientMessage.Execute m -> {}
            case ClientMessage.Call m -> {}
            case ClientMessage.Cancel m -> {}
        }
    }

    private void subscribe(
            InMemoryTransport.Link link, Map<Integer, Subscription> subscriptions, ClientMessage.Subscribe m) {
        if (refusal != null) {
            CodedException refused = new CodedException(refusal, "refused");
            send(link, new ServerMessage.SubscriptionEnded(m.subscriptionId(), ErrorInfo.of(refused)));
            return;
        }
        boolean small = m.statement().sql().equals(SMALL);
        int wanted = m.options().batchSize();
        int batchSize = wanted == 0 ? SERVER_BATCH_ROWS : Math.min(wanted, SERVER_BATCH_ROWS);
        Subscription s = new Subscription(m.subscriptionId(), small, batchSize);
        if (subscriptions.put(s.id, s) != null) {
            throw new AssertionError("subscription id in use: " + s.id);
        }
        Start start = start(m.options().from());
        note(start.toString());
        send(
                link,
                new ServerMessage.Subscribed(
                        s.id, s.resultId(), TYPE, tellsKeys ? List.of(0) : List.of(), order, position(), start));
        if (start instanceof Start.Resumed) {
            s.position = m.options().from().offset();
            netUpdate(link, s);
            return;
        }
        s.loading = true;
        s.position = offset;
        s.initial = new ArrayList<>(some(rows(small), m.options().lastRows()));
        sendBatches(link, s);
    }

    private List<byte[]> some(List<byte[]> all, OptionalInt count) {
        int wanted = Math.min(count.orElse(all.size()), all.size());
        return order.isPresent() ? all.subList(0, wanted) : all.subList(all.size() - wanted, all.size());
    }

    private Start start(@Nullable Position from) {
        if (from == null) {
            return Start.FRESH;
        }
        if (from.epoch() != epoch && !keptOfEpoch.containsKey(from.epoch())) {
            return new Start.Reset(Start.ResetReason.OTHER_EPOCH);
        }
        if (from.offset() > keptOfEpoch.getOrDefault(from.epoch(), offset)) {
            return new Start.Reset(Start.ResetReason.POSITION_AHEAD);
        }
        return from.offset() < oldestResumable ? new Start.Reset(Start.ResetReason.HISTORY_TRUNCATED) : Start.RESUMED;
    }

    private void sendBatches(InMemoryTransport.Link link, Subscription s) {
        while (s.loading && s.credits > 0) {
            s.credits--;
            int size = Math.min(s.batchSize, s.initial.size());
            List<byte[]> batch = List.copyOf(s.initial.subList(0, size));
            s.initial = s.initial.subList(size, s.initial.size());
            boolean more = !s.initial.isEmpty();
            note(more ? "batch with more to come" : "last batch");
            send(link, new ServerMessage.Batch(s.id, batch, more, new Position(epoch, s.position)));
            if (!more) {
                s.loading = false;
                if (s.position < offset) {
                    netUpdate(link, s);
                }
            }
        }
    }

    void send(InMemoryTransport.Link link, ServerMessage message) {
        link.deliver(V1Codec.encode(message));
    }
}
