package dev.merapi.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqlOverHttpTest {
    private final Server server = Server.start(ServerConfig.memory().withPort(0));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_script_runs_as_one_transaction() {
        HttpResponse<String> answer = TestHttp.sql(
                server,
                "{\"sql\":\"CREATE TABLE t (id integer PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'x'); SELECT *"
                        + " FROM t\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains(
                        "\"command\":\"INSERT\",\"columns\":[],\"rows\":[],\"rowCount\":1",
                        "\"columns\":[{\"name\":\"id\",\"type\":\"integer\"},{\"name\":\"v\",\"type\":\"text\"}]",
                        "\"rows\":[[1,\"x\"]]",
                        "\"durable\":true",
                        "\"position\":\"" + server.database("").position() + "\"");
    }

    @Test
    void parameters_take_their_types_from_the_statement() {
        ok("{\"sql\":\"CREATE TABLE t (a integer, b bigint, c numeric, d text, e boolean, f jsonb, g date)\"}");

        ok("{\"sql\":\"INSERT INTO t VALUES ($1,$2,$3,$4,$5,$6,$7)\","
                + "\"params\":[1, \"9007199254740993\", 1.50, \"x\", true, {\"k\": [1]}, \"2026-01-31\"]}");

        assertThat(ok("{\"sql\":\"SELECT * FROM t\"}"))
                .contains("[1,\"9007199254740993\",\"1.50\",\"x\",true,{\"k\": [1]},\"2026-01-31\"]");
    }

    @Test
    void values_have_the_documented_form() {
        String answer = ok("{\"sql\":\"SELECT 9007199254740991::bigint, 9007199254740992::bigint, -1::smallint,"
                + " 1.5::float8, 'NaN'::float8, 1.10::numeric, NULL::text, '\\\\x0aff'::bytea,"
                + " TIMESTAMP '2026-01-31 12:00:00.5', TIMESTAMPTZ '2026-01-31 12:00:00+00', TIME '12:30',"
                + " '00000000-0000-0000-0000-00000000000a'::uuid, ARRAY[1,2], '[1, \\\"a\\\"]'::jsonb\"}");

        assertThat(answer)
                .contains("[9007199254740991,\"9007199254740992\",-1,1.5,\"NaN\",\"1.10\",null,\"\\\\x0aff\","
                        + "\"2026-01-31T12:00:00.5\",\"2026-01-31T12:00:00Z\",\"12:30:00\","
                        + "\"00000000-0000-0000-0000-00000000000a\",[1,2],[1, \"a\"]]");
    }

    @Test
    void statements_with_parameters_of_their_own() {
        ok("{\"sql\":\"CREATE TABLE t (id integer PRIMARY KEY)\"}");

        String answer = ok("{\"statements\":[{\"sql\":\"INSERT INTO t VALUES ($1)\",\"params\":[1]},"
                + "{\"sql\":\"INSERT INTO t VALUES ($1)\",\"params\":[2]}],\"confirm\":\"committed\"}");

        assertThat(answer).contains("\"rowCount\":1");
        assertThat(ok("{\"sql\":\"SELECT count(*) FROM t\"}")).contains("[[2]]");
    }

    @Test
    void errors_say_all_there_is_to_say() {
        HttpResponse<String> answer = TestHttp.sql(server, "{\"sql\":\"SELECT * FROM nope\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .contains(
                        "\"code\":\"UNKNOWN_TABLE\"",
                        "\"number\":3002",
                        "\"category\":\"NOT_FOUND\"",
                        "\"retryable\":false",
                        "\"sqlState\":\"42P01\"",
                        "\"position\":15");
    }

    @Test
    void a_position_in_a_script_counts_from_its_start() {
        HttpResponse<String> answer = TestHttp.sql(server, "{\"sql\":\"SELECT 1; SELECT * FROM nope; SELECT 2\"}");

        assertThat(answer.body()).contains("\"code\":\"UNKNOWN_TABLE\"", "\"position\":25");
    }

    @Test
    void a_conflict_is_409_and_nonsense_400() {
        ok("{\"sql\":\"CREATE TABLE t (id integer PRIMARY KEY)\"}");
        ok("{\"sql\":\"INSERT INTO t VALUES (1)\"}");

        assertThat(TestHttp.sql(server, "{\"sql\":\"INSERT INTO t VALUES (1)\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(TestHttp.sql(server, "{\"sql\":\"SELEC 1\"}").statusCode()).isEqualTo(400);
    }

    private String ok(String body) {
        HttpResponse<String> answer = TestHttp.sql(server, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
