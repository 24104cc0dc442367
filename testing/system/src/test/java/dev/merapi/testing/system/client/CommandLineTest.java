package dev.merapi.testing.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.client.MerapiClient;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a script uses it: processes, their output, their exit codes, their signals. */
final class CommandLineTest {
    private static Server server;
    private static MerapiClient client;

    @TempDir
    private Path directory;

    private record Ended(int code, String out, String err) {}

    @BeforeAll
    static void start() {
        server = Server.start(ServerConfig.memory().withPort(0));
        client = MerapiClient.builder().uri(url()).connect();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void newTable() {
        client.execute("DROP TABLE IF EXISTS orders");
        client.execute("CREATE TABLE orders (id integer PRIMARY KEY, customer text)");
        client.execute("INSERT INTO orders VALUES (1, 'ann'), (2, NULL)");
    }

    private static String url() {
        return "ws://127.0.0.1:" + server.port();
    }

    @Test
    void sql_prints_a_table_json_lines_or_csv() throws Exception {
        String query = "SELECT * FROM orders ORDER BY id";

        assertThat(run("", "sql", "--url", url(), query)).isEqualTo(new Ended(0, """
             id | customer
            ----+----------
              1 | ann
              2 | NULL
            (2 rows)
            """, ""));
        assertThat(run("", "sql", "-u", url(), "-f", "json", "-c", query).out())
                .isEqualTo("{\"id\":1,\"customer\":\"ann\"}\n{\"id\":2,\"customer\":null}\n");
        assertThat(run("", "sql", "-u", url(), "-f", "csv", query).out()).isEqualTo("id,customer\n1,ann\n2,\n");
    }

    @Test
    void sql_reads_standard_input_and_stops_at_the_first_error() throws Exception {
        String script = """
            INSERT INTO orders VALUES (3, 'semi;colon');
            BEGIN; DELETE FROM orders WHERE id = 1; UPDATE orders SET customer = 'bob' WHERE id = 2; COMMIT;
            SELECT * FROM nothing;
            DELETE FROM orders;
            """;

        Ended ended = run(script, "sql", "--url", url());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .hasLineCount(1)
                .startsWith("merapi: UNKNOWN_TABLE: ")
                .contains("position=15");
        assertThat(ended.out()).startsWith("INSERT 1\nDELETE 1\nUPDATE 1\nCOMMIT\n");
        assertThat(client.queryRows("SELECT customer FROM orders ORDER BY id"))
                .extracting(row -> row.get("customer"))
                .containsExactly("bob", "semi;colon");
    }

    @Test
    void sql_can_try_what_another_role_may_and_undo_it() throws Exception {
        String script = """
            BEGIN;
            SET ROLE authenticated;
            SET request.jwt.claims = '{"sub": "ann"}';
            DELETE FROM orders WHERE customer = current_user RETURNING current_user, current_role;
            ROLLBACK;
            BEGIN; SET ROLE authenticated; TRUNCATE orders; COMMIT;
            """;

        Ended ended = run(script, "sql", "--url", url());

        assertThat(ended.out()).contains(" ann          | authenticated\n").endsWith("(1 row)\nROLLBACK\n");
        assertThat(ended.err()).contains("PERMISSION_DENIED", "role=authenticated", "statement=TRUNCATE TABLE");
        assertThat(client.queryRows("SELECT count(*) AS n FROM orders"))
                .extracting(row -> row.get("n"))
                .containsExactly(2L);
    }

    @Test
    void live_writes_json_lines_and_ends_cleanly_on_sigterm() throws Exception {
        Process live = MerapiProcess.begin("live", "--url", url(), "SELECT * FROM orders WHERE id < 10");
        BufferedReader lines = MerapiProcess.reader(live);
        assertThat(lines.readLine()).startsWith("{\"type\":\"ack\",\"start\":\"FRESH\"");
        assertThat(lines.readLine())
                .contains("\"rows\":[{\"id\":1,\"customer\":\"ann\"},{\"id\":2,\"customer\":null}]");

        client.execute("UPDATE orders SET customer = 'eve' WHERE id = 1");
        String update = lines.readLine();
        assertThat(update)
                .contains("\"type\":\"update\"", "\"rows\":[{\"id\":1,\"customer\":\"eve\"}]")
                .contains("\"old\":[{\"id\":1,\"customer\":\"ann\"}]", "\"commitEnd\":true");

        terminate(live);
        assertThat(live.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(live.exitValue()).isZero();

        client.execute("DELETE FROM orders WHERE id = 2");
        String position = update.replaceFirst(".*\"position\":\"([^\"]+)\".*", "$1");
        Ended resumed = run(
                "", "live", "--url", url(), "--seconds", "2", "--from", position, "SELECT * FROM orders WHERE id < 10");
        assertThat(resumed.code()).isZero();
        assertThat(resumed.out().lines().toList()).hasSize(2).first().asString().contains("\"start\":\"RESUMED\"");
        assertThat(resumed.out()).contains("\"type\":\"delete\",\"rows\":[],\"old\":[{\"id\":2,\"customer\":null}]");
    }

    @Test
    void live_reports_what_the_server_refuses() throws Exception {
        Ended ended = run("", "live", "--url", url(), "SELECT * FROM nothing");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).hasLineCount(1).startsWith("merapi: UNKNOWN_TABLE: ");
    }

    @Test
    void serve_says_where_it_listens_and_closes_cleanly_on_sigterm() throws Exception {
        Path data = directory.resolve("data");
        for (int round = 1; round <= 2; round++) {
            Process serve = MerapiProcess.begin("serve", "--port", "0", "--data", data.toString());
            BufferedReader lines = MerapiProcess.reader(serve);
            String listening = lines.readLine();
            assertThat(listening).matches("listening on ws://127\\.0\\.0\\.1:\\d+, databases main, data in .*");
            String url = listening.replaceFirst("listening on (\\S+), .*", "$1");

            Ended sql = run(
                    "CREATE TABLE IF NOT EXISTS t (n integer); INSERT INTO t VALUES (1); SELECT count(*) AS n FROM t;",
                    "sql",
                    "--format",
                    "csv",
                    "--url",
                    url);
            assertThat(sql).isEqualTo(new Ended(0, "n\n" + round + "\n", ""));

            terminate(serve);
            assertThat(lines.readLine()).isEqualTo("stopped");
            assertThat(serve.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(serve.exitValue()).isZero();
        }
    }

    @Test
    void serving_the_network_without_authentication_is_refused_with_the_way_out() throws Exception {
        Ended ended = run("", "serve", "--host", "0.0.0.0", "--port", "0", "--memory");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .hasLineCount(1)
                .startsWith("merapi: UNSAFE_CONFIGURATION: ")
                .contains("tokens", "127.0.0.1");
    }

    @Test
    void a_port_that_is_taken_is_code_4() throws Exception {
        Ended ended = run("", "serve", "--memory", "--port", String.valueOf(server.port()));

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).hasLineCount(1).startsWith("merapi: CANNOT_LISTEN: ");
    }

    @Test
    void a_configuration_file_with_a_token_guards_the_server() throws Exception {
        Path config = directory.resolve("merapi.conf");
        Files.writeString(config, """
            port = 0
            memory = true
            auth { anonymous = never, tokens = [{ token = "open sesame", identity = "backend" }] }
            """);
        Path token = Files.writeString(directory.resolve("token"), "open sesame\n");
        Process serve = MerapiProcess.begin("serve", "--config", config.toString());
        String url = MerapiProcess.reader(serve).readLine().replaceFirst("listening on (\\S+), .*", "$1");
        try {
            Ended refused = run("", "sql", "--url", url, "SELECT 1");
            assertThat(refused.code()).isEqualTo(3);
            assertThat(refused.err()).startsWith("merapi: AUTHENTICATION_REQUIRED: ");

            Ended allowed =
                    run("", "sql", "--url", url, "--token-file", token.toString(), "-f", "csv", "SELECT 1 AS n");
            assertThat(allowed).isEqualTo(new Ended(0, "n\n1\n", ""));
        } finally {
            terminate(serve);
            assertThat(serve.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void the_demo_ends_by_itself_with_equal_results() throws Exception {
        Ended ended = run("", "demo", "--seconds", "5");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines().toList().getLast())
                .startsWith("inserted 1707 rows, updated 1707 rows; the client's live result (")
                .endsWith(" rows in 4 queries) equals a fresh query");
    }

    @Test
    void the_demo_can_be_stopped() throws Exception {
        Process demo = MerapiProcess.begin("demo");
        BufferedReader lines = MerapiProcess.reader(demo);
        assertThat(lines.readLine()).startsWith("sent ");

        terminate(demo);

        assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isZero();
    }

    // ---- processes

    private static Ended run(String input, String... arguments) throws Exception {
        Process process = MerapiProcess.begin(arguments);
        Thread.ofVirtual().start(() -> write(process, input));
        var err = new ArrayList<String>();
        Thread errors = Thread.ofVirtual().start(() -> err.add(read(process.errorReader())));
        String out = read(process.inputReader());
        assertThat(process.waitFor(120, TimeUnit.SECONDS))
                .as("end of %s", List.of(arguments))
                .isTrue();
        errors.join();
        return new Ended(process.exitValue(), out, String.join("", err));
    }

    /** SIGTERM; unlike {@code Process.destroy} it leaves the streams open. */
    private static void terminate(Process process) {
        assertThat(process.toHandle().destroy()).isTrue();
    }

    private static String read(BufferedReader reader) {
        StringBuilder text = new StringBuilder();
        reader.lines().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static void write(Process process, String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The process ended before it had read everything: its exit code tells.
            assertThat(process.isAlive()).isFalse();
        }
    }
}
