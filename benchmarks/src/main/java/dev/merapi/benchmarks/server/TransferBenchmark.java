package dev.merapi.benchmarks.server;

import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import dev.merapi.benchmarks.net.BaselineServer;
import dev.merapi.benchmarks.net.Echo;
import dev.merapi.benchmarks.net.JdkSocket;
import dev.merapi.client.Confirmation;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.Statement;
import dev.merapi.server.ServerConfig;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.Position;
import dev.merapi.wire.Result;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.TypedValue;
import dev.merapi.wire.v1.V1Codec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

/**
 * Transfers between accounts through the Java client: each is one request of two UPDATE statements, which is one
 * transaction, on a server with its log on disk, answered when the commit is visible. The other side sends requests of
 * the same size with the same JDK WebSocket client, as many at a time, to a server that answers each with as many bytes
 * as our answer has.
 */
public final class TransferBenchmark implements RatioBenchmark {
    static final String TAKE = "UPDATE accounts SET balance = balance - $1 WHERE id = $2";
    static final String GIVE = "UPDATE accounts SET balance = balance + $1 WHERE id = $2";

    private static final int FULL_ACCOUNTS = 100_000;
    private static final int SMOKE_ACCOUNTS = 1_000;
    private static final int PAIRS = 1 << 16;
    private static final long OPENING_BALANCE = 1_000;
    private static final int IN_FLIGHT = 40;

    private final int connections;

    public TransferBenchmark(int connections) {
        this.connections = connections;
    }

    @Override
    public String work() {
        return "transfer by client and SQL, " + IN_FLIGHT + " in flight on "
                + (connections == 1 ? "one connection" : "each of " + connections + " connections");
    }

    @Override
    public String comparedWith() {
        return "echo of frames of the same size";
    }

    @Override
    public Goal goal() {
        return Goal.atLeast(0.6);
    }

    @Override
    public Ratio run(Scale scale) throws Exception {
        boolean full = scale == Scale.FULL;
        int accounts = full ? FULL_ACCOUNTS : SMOKE_ACCOUNTS;
        long turnNanos = TimeUnit.MILLISECONDS.toNanos(full ? 1_000 : 60);
        try (ScratchDirectory directory = ScratchDirectory.create();
                BenchmarkServer server = BenchmarkServer.start(ServerConfig.directory(directory.path()));
                BaselineServer echo = BaselineServer.start(new Echo(request().length, answerBytes()))) {
            server.execute("CREATE TABLE accounts (id integer PRIMARY KEY, balance bigint NOT NULL)");
            server.fill("accounts", accounts, account -> new Object[] {account, OPENING_BALANCE});
            long offsetBefore = server.database().position().offset();
            TransferPairs pairs = TransferPairs.draw(PAIRS, accounts, TransferPairs.SEED);
            List<Transfers> ours = new ArrayList<>();
            List<Echoes> theirs = new ArrayList<>();
            try {
                for (int i = 0; i < connections; i++) {
                    ours.add(new Transfers(server.client().connect(), pairs, i * PAIRS / connections));
                    theirs.add(new Echoes(echo.port()));
                }
                Turns turns = Turns.take(
                        full ? 5 : 0,
                        full ? 11 : 2,
                        () -> turn(ours, Transfers::flow, turnNanos),
                        () -> turn(theirs, Echoes::flow, turnNanos));
                long done = ours.stream().mapToLong(t -> t.flow().count()).sum();
                requireDone(server, accounts, done, offsetBefore);
                return turns.toRatio("transfers", done);
            } finally {
                ours.forEach(Transfers::close);
                theirs.forEach(Echoes::close);
            }
        }
    }

    private interface Flow<T> {
        InFlight of(T side);
    }

    private static <T> double turn(List<T> sides, Flow<T> flow, long nanos) throws Exception {
        ToLongFunction<T> count = side -> flow.of(side).count();
        long before = sides.stream().mapToLong(count).sum();
        long start = System.nanoTime();
        for (T side : sides) {
            flow.of(side).begin(IN_FLIGHT, nanos);
        }
        for (T side : sides) {
            flow.of(side).awaitEnd();
        }
        return Turns.rate(sides.stream().mapToLong(count).sum() - before, System.nanoTime() - start);
    }

    /** Every transfer is one commit, and money is neither made nor lost. */
    private static void requireDone(BenchmarkServer server, int accounts, long transfers, long offsetBefore) {
        long commits = server.database().position().offset() - offsetBefore;
        if (commits != transfers) {
            throw new IllegalStateException(commits + " commits for " + transfers + " transfers");
        }
        long sum = server.number("SELECT sum(balance) FROM accounts");
        if (sum != accounts * OPENING_BALANCE) {
            throw new IllegalStateException("accounts hold " + sum + " instead of " + accounts * OPENING_BALANCE);
        }
        long moved = server.number("SELECT count(*) FROM accounts WHERE balance <> " + OPENING_BALANCE);
        if (moved == 0) {
            throw new IllegalStateException("no account has another balance than at the beginning");
        }
    }

    /** A transfer as the client sends it; all of them have this size. */
    private static byte[] request() {
        List<TypedValue> parameters = List.of(new TypedValue(ScalarType.I64, 1L), new TypedValue(ScalarType.I32, 1));
        return V1Codec.encode(new ClientMessage.Execute(
                1,
                List.of(
                        new dev.merapi.wire.Statement(TAKE, parameters),
                        new dev.merapi.wire.Statement(GIVE, parameters)),
                Confirm.COMMITTED));
    }

    /** The size of the server's answer. */
    private static int answerBytes() {
        Result updated = new Result("UPDATE", RowType.EMPTY, List.of(), 1);
        return V1Codec.encode(new ServerMessage.Results(1, Collections.nCopies(2, updated), new Position(0, 0), false))
                .length;
    }

    /** One connection of ours. */
    private static final class Transfers implements AutoCloseable {
        private final MerapiClient client;
        private final TransferPairs pairs;
        private final AtomicInteger next;
        private final InFlight flow = new InFlight(this::send);

        Transfers(MerapiClient client, TransferPairs pairs, int first) {
            this.client = client;
            this.pairs = pairs;
            this.next = new AtomicInteger(first);
        }

        InFlight flow() {
            return flow;
        }

        private void send() {
            int pair = next.getAndIncrement() & (PAIRS - 1);
            List<Statement> transfer =
                    List.of(Statement.of(TAKE, 1L, pairs.from()[pair]), Statement.of(GIVE, 1L, pairs.to()[pair]));
            var unused = client.async().batch(transfer, Confirmation.COMMITTED).whenComplete((results, failure) -> {
                if (failure != null) {
                    flow.failed(failure);
                } else if (results.stream().anyMatch(result -> result.rowCount() != 1)) {
                    flow.failed(new IllegalStateException("a transfer did not change two rows: " + results));
                } else {
                    flow.answered();
                }
            });
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** One connection to the echo. */
    private static final class Echoes implements AutoCloseable {
        private final byte[] request = request();
        private final int answerBytes = answerBytes();
        private final JdkSocket socket;
        private final InFlight flow = new InFlight(this::send);
        private int received;

        Echoes(int port) {
            socket = JdkSocket.open(port, this::receive);
        }

        InFlight flow() {
            return flow;
        }

        private void send() {
            socket.send(request);
        }

        private void receive(ByteBuffer part, boolean last) {
            received += part.remaining();
            while (received >= answerBytes) {
                received -= answerBytes;
                flow.answered();
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
