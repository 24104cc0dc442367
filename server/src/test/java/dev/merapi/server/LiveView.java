package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.RowType;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.Position;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one subscription, kept by the rules of the protocol page and by nothing else. It is strict: a change that
 * does not fit what it holds is a failure.
 */
final class LiveView {
    private final @Nullable TestClient client;
    private final int id;
    /** How often each row occurs. */
    private final Map<String, Integer> rows = new TreeMap<>();

    private final List<RowChange> parts = new ArrayList<>();
    private ServerMessage.@Nullable Subscribed subscribed;
    private long offset;
    private boolean loaded;
    private boolean live;
    private int updates;
    private int netUpdates;

    LiveView(@Nullable TestClient client, int id) {
        this.client = client;
        this.id = id;
    }

    static LiveView open(TestClient client, int id, String sql, LiveOptions options) {
        client.subscribe(id, sql, options);
        LiveView view = new LiveView(client, id);
        view.readUntil(() -> view.live);
        return view;
    }

    void readUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            take(client.next());
        }
    }

    /** Reads until the position has reached an offset. */
    void readTo(long target) {
        readUntil(() -> hasReached(target));
    }

    void take(ServerMessage message) {
        switch (message) {
            case ServerMessage.Subscribed m when m.subscriptionId() == id -> begin(m);
            case ServerMessage.Batch m
            when m.subscriptionId() == id -> {
                assertThat(loaded).isFalse();
                m.rows().forEach(row -> add(row, 1));
                loaded = !m.hasMore();
                if (m.hasMore()) {
                    client.send(new ClientMessage.NextBatch(id));
                }
            }
            case ServerMessage.Update m
            when concerns(m) -> {
                updates++;
                apply(m.changes(), m.offset(), m.last());
            }
            case ServerMessage.NetUpdate m
            when m.subscriptionId() == id -> {
                netUpdates++;
                apply(m.changes(), m.offset(), m.last());
                loaded |= m.last();
            }
            case ServerMessage.Live m when m.subscriptionId() == id -> live = true;
            case ServerMessage.Progress m when loaded -> offset = Math.max(offset, m.offset());
            case ServerMessage.SubscriptionEnded m
            when m.subscriptionId() == id -> throw new AssertionError("subscription ended: " + m.error());
            default -> {}
        }
    }

    private boolean concerns(ServerMessage.Update m) {
        return subscribed != null && loaded && m.resultId() == subscribed.resultId() && m.offset() > offset;
    }

    private void begin(ServerMessage.Subscribed m) {
        subscribed = m;
        parts.clear();
        loaded = false;
        offset = m.position().offset();
        if (!(m.start() instanceof Start.Resumed)) {
            rows.clear();
        }
    }

    private void apply(List<RowChange> changes, long newOffset, boolean last) {
        assertThat(newOffset).isGreaterThanOrEqualTo(offset);
        parts.addAll(changes);
        if (last) {
            for (RowChange change : parts) {
                switch (change) {
                    case RowChange.Insert c -> add(c.row(), 1);
                    case RowChange.Delete c -> add(c.row(), -1);
                    case RowChange.Update c -> {
                        add(c.before(), -1);
                        add(c.after(), 1);
                    }
                }
            }
            parts.clear();
            offset = newOffset;
            assertThat(rows.values()).allMatch(count -> count > 0);
        }
    }

    private void add(byte[] row, int count) {
        String key = Rows.of(rowType(), row).toString();
        rows.merge(key, count, (a, b) -> a + b == 0 ? null : a + b);
    }

    boolean hasReached(long target) {
        return loaded && offset >= target;
    }

    RowType rowType() {
        return started().rowType();
    }

    ServerMessage.Subscribed started() {
        if (subscribed == null) {
            throw new AssertionError("not subscribed");
        }
        return subscribed;
    }

    Position position() {
        return started().position().withOffset(offset);
    }

    int updates() {
        return updates;
    }

    int netUpdates() {
        return netUpdates;
    }

    /** Takes over what another view held, as a client does that connects again. */
    LiveView resumeOn(TestClient other, String sql) {
        other.subscribe(id, sql, new LiveOptions(0, java.util.OptionalInt.empty(), position()));
        LiveView view = new LiveView(other, id);
        view.rows.putAll(rows);
        view.readUntil(() -> view.live);
        return view;
    }

    /** The sum of a column of integers. */
    long sum(int column) {
        return rows.entrySet().stream()
                .mapToLong(row -> row.getValue()
                        * Long.parseLong(row.getKey()
                                .substring(1, row.getKey().length() - 1)
                                .split(", ", -1)[column]))
                .sum();
    }

    /** Each row as the text of its values, as often as it occurs, sorted. */
    List<String> rows() {
        List<String> all = new ArrayList<>();
        rows.forEach((row, count) -> {
            for (int i = 0; i < count; i++) {
                all.add(row);
            }
        });
        return all;
    }

    /** What a query run now gives, in the same form. */
    static List<String> fresh(Server server, String sql) {
        var outcome = server.database("").query(sql).join();
        return Rows.of(outcome.value().columns(), outcome.value().rows()).stream()
                .map(List::toString)
                .sorted()
                .toList();
    }
}
