package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.wire.LiveOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyConnectionsTest {
    private static final int CONNECTIONS = 300;

    @Test
    void each_of_many_subscribers_is_told_of_each_change() {
        try (Server server = Server.start(ServerConfig.memory().withPort(0));
                TestClient writer = TestClient.connect(server)) {
            writer.execute("CREATE TABLE t (id integer PRIMARY KEY, v integer)");
            writer.execute("INSERT INTO t VALUES (1, 0)");
            List<TestClient> clients = new ArrayList<>();
            List<LiveView> views = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                TestClient client = TestClient.connect(server);
                clients.add(client);
                views.add(LiveView.open(client, 1, "SELECT id, v FROM t", LiveOptions.DEFAULT));
            }
            long last = 0;
            for (int i = 0; i < 20; i++) {
                last = writer.execute("UPDATE t SET v = v + 1").position().offset();
            }

            for (LiveView view : views) {
                view.readTo(last);
                assertThat(view.rows()).containsExactly("[1, 20]");
                assertThat(view.updates() + view.netUpdates()).isLessThanOrEqualTo(20);
            }
            assertThat(TestHttp.get(server, "/metrics").body())
                    .contains(
                            "merapi_connections " + (CONNECTIONS + 1) + ".0",
                            "merapi_live_results{database=\"main\"} 1.0");
            clients.forEach(TestClient::close);
        }
    }
}
