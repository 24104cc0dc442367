package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.server.config.Limit;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.ServerMessage.Update.End;
import dev.merapi.wire.Statement;
import dev.merapi.wire.TypedValue;
import dev.merapi.wire.v1.V1Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Money moves between accounts that different live queries of one client show. What the client has when it is told that
 * a commit is complete adds up, always.
 */
class WholeCommitsTest {
    private static final int FINAL_BINARY = 0x82;
    private static final int ACCOUNTS = 12;
    private static final long MONEY = ACCOUNTS * 100;
    private static final String PADDING = "x".repeat(5_000);

    /** The money in the third, then the rest: one table, one table again, a circuit. */
    private static final List<String> QUERIES = List.of(
            "SELECT balance, id, padding FROM accounts WHERE side = 0",
            "SELECT balance, id, padding FROM accounts WHERE side = 1",
            "SELECT sum(balance) FROM accounts WHERE side = 2");

    private Server server;
    private TestClient writer;

    @BeforeEach
    void start() {
        server = Server.start(ServerConfig.memory().withPort(0).withLimit(Limit.OUTBOX_BYTES, 200_000));
        writer = TestClient.connect(server);
        writer.execute("CREATE TABLE accounts (id integer PRIMARY KEY, side integer, balance bigint, padding text)");
        writer.execute(
                "INSERT INTO accounts SELECT i, i % 3, 100, 'x' FROM generate_series(1, " + ACCOUNTS + ") AS g(i)");
    }

    @AfterEach
    void close() {
        writer.close();
        server.close();
    }

    @Test
    void a_client_that_reads_sees_whole_commits_of_all_its_queries() throws Exception {
        try (RawSocket socket = new RawSocket(server.port(), 1 << 20).upgrade()) {
            Watch watch = Watch.open(socket);
            watch.readUntilLive();
            for (int commits = 1; commits <= 200; commits++) {
                watch.readTo(transfer(1));

                assertThat(watch.checkedCommits).isGreaterThanOrEqualTo(commits);
            }
        }
    }

    @Test
    void a_client_that_pauses_sees_no_half_commit_when_it_catches_up() throws Exception {
        try (RawSocket socket = new RawSocket(server.port(), 16 << 10).upgrade()) {
            Watch watch = Watch.open(socket);
            watch.readUntilLive();
            long last = transfer(1_000);
            while (watch.netUpdates() == 0) {
                watch.readTo(last);
                last = transfer(1_000);
            }

            watch.readTo(last);

            assertThat(watch.updatesEndingACommit).isPositive();
        }
    }

    @Test
    void queries_opened_while_money_moves_join_at_a_commit() throws Exception {
        try (RawSocket socket = new RawSocket(server.port(), 1 << 20).upgrade()) {
            Thread busy = Thread.ofVirtual().start(() -> transfer(300));
            Watch watch = Watch.open(socket);
            watch.readUntilLive();
            busy.join();
            long last = transfer(20);

            watch.readTo(last);

            assertThat(watch.checkedCommits).isPositive();
        }
    }

    /** Moves money between random accounts, one commit each. */
    private long transfer(int times) {
        long last = 0;
        try (TestClient other = TestClient.connect(server)) {
            for (int i = 0; i < times; i++) {
                long id = other.sendExecute(
                        Confirm.COMMITTED,
                        "UPDATE accounts SET padding = $4, balance = balance + $3 * CASE id WHEN $1 THEN -1 ELSE 1 END"
                                + " WHERE id IN ($1, $2)",
                        new TypedValue(ScalarType.I32, 1 + i % ACCOUNTS),
                        new TypedValue(ScalarType.I32, 1 + (i + 1 + i / ACCOUNTS % (ACCOUNTS - 1)) % ACCOUNTS),
                        new TypedValue(ScalarType.I64, (long) (1 + i % 7)),
                        new TypedValue(ScalarType.TEXT, PADDING + i));
                last = ((ServerMessage.Results) other.answerTo(id)).position().offset();
            }
        }
        return last;
    }

    /** A client that follows all queries and checks the sum whenever it is told that a commit is complete. */
    private static final class Watch {
        private final FrameReader reader;
        private final List<LiveView> views = new ArrayList<>();
        private final Set<Integer> live = new HashSet<>();
        private long completeUpTo;
        private int checkedCommits;
        private int updatesEndingACommit;

        private Watch(RawSocket socket) {
            reader = new FrameReader(socket);
        }

        static Watch open(RawSocket socket) throws IOException {
            Watch watch = new Watch(socket);
            List<ClientMessage> messages = new ArrayList<>();
            messages.add(new ClientMessage.Hello(1, List.of(), null, "", ""));
            for (String sql : QUERIES) {
                int id = watch.views.size() + 1;
                watch.views.add(new LiveView(null, id));
                messages.add(new ClientMessage.Subscribe(id, Statement.of(sql), LiveOptions.DEFAULT));
            }
            BsatnWriter out = new BsatnWriter();
            messages.forEach(message -> V1Codec.encode(message, out));
            socket.frame(FINAL_BINARY, out.toByteArray());
            return watch;
        }

        void readUntilLive() throws IOException {
            while (live.size() < views.size()) {
                reader.readFrame(this::take);
            }
        }

        void readTo(long offset) throws IOException {
            while (completeUpTo < offset) {
                reader.readFrame(this::take);
            }
        }

        private void take(ServerMessage message) {
            views.forEach(view -> view.take(message));
            switch (message) {
                case ServerMessage.Live m -> live.add(m.subscriptionId());
                case ServerMessage.Update m
                when m.end() == End.COMMIT -> {
                    updatesEndingACommit++;
                    check(m.offset());
                }
                case ServerMessage.Progress m -> check(m.offset());
                default -> {}
            }
        }

        private void check(long offset) {
            if (live.size() == views.size()) {
                assertThat(views.stream().mapToLong(view -> view.sum(0)).sum()).isEqualTo(MONEY);
                completeUpTo = offset;
                checkedCommits++;
            }
        }

        int netUpdates() {
            return views.stream().mapToInt(LiveView::netUpdates).sum();
        }
    }
}
