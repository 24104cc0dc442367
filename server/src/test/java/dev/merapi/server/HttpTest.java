package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.server.config.Limit;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpTest {
    private final Server server = Server.start(ServerConfig.memory()
            .withPort(0)
            .withDatabases("main", "other")
            .withOrigins("https://app.example")
            .withLimit(Limit.HTTP_BODY_BYTES, 2048)
            .withLimit(Limit.HTTP_REQUEST_MILLIS, 1000));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void health_tells_of_each_database() {
        HttpResponse<String> answer = TestHttp.get(server, "/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.body())
                .contains("\"status\":\"ok\"", "\"name\":\"main\"", "\"name\":\"other\"", "\"log\":\"OPEN\"");
    }

    @Test
    void metrics_are_in_the_format_of_prometheus() {
        TestClient client = TestClient.connect(server);

        HttpResponse<String> answer = TestHttp.get(server, "/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains(
                        "# TYPE merapi_connections gauge",
                        "merapi_connections 1.0",
                        "merapi_offset{database=\"main\"}",
                        "merapi_durable_lag{database=\"other\"}",
                        "jvm_memory_used_bytes");
        client.close();
    }

    @Test
    void an_unknown_path_is_refused_with_the_known_ones() {
        HttpResponse<String> answer = TestHttp.get(server, "/v2/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("UNKNOWN_PATH", "/v1/sql");
    }

    @Test
    void a_wrong_method_is_refused_with_the_right_one() {
        HttpResponse<String> answer = TestHttp.get(server, "/v1/sql");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).contains("METHOD_NOT_ALLOWED", "use POST");
    }

    @Test
    void a_body_that_is_no_request_is_refused_with_a_reason() {
        assertRefused("", "INVALID_REQUEST");
        assertRefused("{", "INVALID_REQUEST");
        assertRefused("[]", "INVALID_REQUEST");
        assertRefused("{}", "sql is missing");
        assertRefused("{\"sql\":1}", "unexpected JSON");
        assertRefused("{\"sql\":\"SELECT 1\",\"parms\":[]}", "unknown field: field=parms");
        assertRefused("{\"sql\":\"SELECT 1\",\"params\":{}}", "unexpected JSON");
        assertRefused("{\"sql\":\"SELECT 1\",\"statements\":[{\"sql\":\"SELECT 1\"}]}", "both sql and statements");
        assertRefused("{\"statements\":[{\"params\":[]}]}", "sql is missing in a statement");
        assertRefused("{\"sql\":\"SELECT 1\",\"confirm\":\"maybe\"}", "unknown confirmation");
        assertRefused("{\"sql\":\"SELECT 1\"} x", "INVALID_REQUEST");
        assertRefused("{\"sql\":\"SELECT 1\"}{}", "something follows");
        assertRefused("[".repeat(1500), "INVALID_REQUEST");
    }

    @Test
    void a_body_that_is_too_long_is_refused() {
        HttpResponse<String> answer = TestHttp.sql(server, " ".repeat(3000));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("http-body-bytes");
    }

    @Test
    void a_body_of_another_type_is_refused() {
        HttpResponse<String> answer = TestHttp.send(TestHttp.request(server, "/v1/sql")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"sql\":\"SELECT 1\"}"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Content-Type: application/json");
    }

    @Test
    void an_unknown_database_is_refused() {
        HttpResponse<String> answer = TestHttp.sql(server, "{\"sql\":\"SELECT 1\",\"database\":\"nope\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("UNKNOWN_DATABASE", "main, other");
    }

    @Test
    void pages_of_other_origins_are_refused_and_configured_ones_allowed() {
        assertThat(TestHttp.get(server, "/health", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> allowed = TestHttp.get(server, "/health", "Origin", "https://app.example");
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("access-control-allow-origin")).hasValue("https://app.example");
    }

    @Test
    void a_browser_may_ask_before_it_sends() {
        HttpResponse<String> answer = TestHttp.send(TestHttp.request(server, "/v1/sql", "Origin", "https://app.example")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("access-control-allow-headers"))
                .hasValueSatisfying(value -> assertThat(value).contains("Content-Type"));
    }

    @Test
    void a_websocket_of_another_origin_is_refused() throws IOException {
        try (RawSocket socket = new RawSocket(server.port())) {
            socket.send("GET /v1/ws HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n");

            assertThat(socket.readHead()).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void requests_sent_ahead_are_answered_in_order() throws IOException {
        try (RawSocket socket = new RawSocket(server.port())) {
            socket.send(RawSocket.head("GET /health HTTP/1.1", "Host: x")
                    + RawSocket.head("GET /nope HTTP/1.1", "Host: x")
                    + RawSocket.head("GET /health HTTP/1.1", "Host: x", "Connection: close"));

            assertThat(socket.readAll()).containsSubsequence("HTTP/1.1 200", "HTTP/1.1 404", "HTTP/1.1 200");
        }
    }

    @Test
    void a_request_that_trickles_in_is_cut_off() throws Exception {
        try (RawSocket socket = new RawSocket(server.port())) {
            socket.send("POST /v1/sql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
            long start = System.nanoTime();

            String answer = socket.readAll();

            assertThat(answer).isEmpty();
            assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
        }
    }

    private void assertRefused(String body, String reason) {
        HttpResponse<String> answer = TestHttp.sql(server, body);
        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(answer.body()).as(body).contains(reason);
    }
}
