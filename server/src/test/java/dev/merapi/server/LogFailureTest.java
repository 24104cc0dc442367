package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.server.FailingDisk.Mood;
import dev.merapi.server.config.Limit;
import dev.merapi.store.log.MemoryLogStorage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.ServerMessage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogFailureTest {
    private final FailingDisk disk = new FailingDisk(new MemoryLogStorage(1 << 20));
    private Server server;
    private TestClient client;

    @BeforeEach
    void start() {
        server = Server.start(
                ServerConfig.memory().withPort(0).withLimit(Limit.DURABLE_MILLIS, 500),
                Environment.ofSystem().withDisks((directory, name, limits) -> disk));
        client = TestClient.connect(server);
        client.execute("CREATE TABLE t (id integer PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void when_the_log_fails_writes_are_refused_and_reads_go_on() {
        disk.mood = Mood.BROKEN;

        assertThat(failure("INSERT INTO t VALUES (1)")).isEqualTo("LOG_FAILED");
        assertThat(failure("INSERT INTO t VALUES (2)")).isEqualTo("LOG_FAILED");
        assertThat(client.answerTo(client.sendQuery("SELECT count(*) FROM t")))
                .isInstanceOf(ServerMessage.Results.class);
        LiveView view = LiveView.open(client, 1, "SELECT id FROM t", LiveOptions.DEFAULT);
        assertThat(view.rows()).containsExactly("[1]");
        assertThat(TestHttp.get(server, "/health").statusCode()).isEqualTo(503);
        assertThat(TestHttp.get(server, "/health").body()).contains("\"log\":\"FAILED\"");
    }

    @Test
    void a_failed_log_is_not_tried_again() {
        disk.mood = Mood.BROKEN;
        failure("INSERT INTO t VALUES (1)");
        disk.mood = Mood.FINE;

        assertThat(failure("INSERT INTO t VALUES (2)")).isEqualTo("LOG_FAILED");
    }

    @Test
    void when_the_disk_is_full_writes_are_refused_until_there_is_room() throws InterruptedException {
        disk.mood = Mood.FULL;

        assertThat(failure("INSERT INTO t VALUES (1)")).isEqualTo("LOG_FULL");
        assertThat(failure("INSERT INTO t VALUES (2)")).isEqualTo("LOG_FULL");
        assertThat(TestHttp.get(server, "/health").statusCode()).isEqualTo(200);
        assertThat(TestHttp.get(server, "/health").body()).contains("\"status\":\"degraded\"", "\"log\":\"FULL\"");

        disk.mood = Mood.FINE;
        waitUntilOpen();
        client.execute("INSERT INTO t VALUES (3)");
        // The first insert had happened before anybody knew that the disk was full.
        assertThat(LiveView.fresh(server, "SELECT id FROM t")).containsExactly("[1]", "[3]");
    }

    @Test
    void a_slow_disk_delays_only_those_who_wait_for_it() {
        disk.mood = Mood.SLOW;
        long durable = client.sendExecute(Confirm.DURABLE, "INSERT INTO t VALUES (1)");
        long committed = client.sendExecute(Confirm.COMMITTED, "INSERT INTO t VALUES (2)");

        ServerMessage.Results first = client.expect(ServerMessage.Results.class);
        ServerMessage.Results second = client.expect(ServerMessage.Results.class);

        assertThat(first.requestId()).isEqualTo(committed);
        assertThat(first.durable()).isFalse();
        assertThat(second.requestId()).isEqualTo(durable);
        assertThat(second.durable()).isTrue();
    }

    private String failure(String sql) {
        ServerMessage answer = client.answerTo(client.sendExecute(Confirm.DURABLE, sql));
        return ((ServerMessage.RequestFailed) answer).error().code();
    }

    private void waitUntilOpen() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!TestHttp.get(server, "/health").body().contains("\"log\":\"OPEN\"")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }
}
