package dev.merapi.testing.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.cli.output.ResultFormat;
import dev.merapi.cli.output.ResultPrinter;
import dev.merapi.cli.shell.SqlShell;
import dev.merapi.client.MerapiClient;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell, typed into. */
final class SqlShellTest {
    @TempDir
    private Path directory;

    private Server server;
    private MerapiClient client;

    @BeforeEach
    void start() {
        server = Server.start(ServerConfig.memory().withPort(0));
        client = MerapiClient.builder().uri("ws://127.0.0.1:" + server.port()).connect();
        client.execute("CREATE TABLE orders (id integer PRIMARY KEY, customer_name text)");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void statements_may_go_over_lines_and_results_are_shown() throws Exception {
        String out = type("INSERT INTO orders\nVALUES (1, 'ann;');\nSELECT *\nFROM orders;\n\\q\n");

        assertThat(out)
                .contains("INSERT 1\n")
                .contains(" id | customer_name\n----+---------------\n  1 | ann;\n(1 row)\n");
    }

    @Test
    void an_error_does_not_end_it() throws Exception {
        assertThat(type("SELECT nothing;\nSELECT 1 AS one;\nexit\n"))
                .contains("UNKNOWN_COLUMN")
                .contains(" one\n-----\n   1\n");
    }

    @Test
    void a_transaction_is_sent_when_it_is_complete() throws Exception {
        String out = type("""
            BEGIN;
            INSERT INTO orders VALUES (1, 'a');
            ROLLBACK;
            BEGIN;
            INSERT INTO orders VALUES (2, 'b');
            COMMIT;
            SELECT id FROM orders;
            """);

        assertThat(out).contains("ROLLBACK\n").contains("COMMIT\n").contains(" id\n----\n  2\n(1 row)");
    }

    @Test
    void tab_completes_tables_columns_and_keywords() throws Exception {
        client.execute("INSERT INTO orders VALUES (7, 'seven')");

        assertThat(type("sel\t customer\t from orders;\n\\q\n")).contains(" customer_name\n---------------\n seven\n");
    }

    @Test
    void tables_can_be_listed_and_described() throws Exception {
        assertThat(type("\\d\n\\d orders\n\\d nothing\n\\frob\nhelp\n\\q\n"))
                .contains(" public | orders\n")
                .contains("customer_name | text")
                .contains("UNKNOWN_TABLE")
                .contains("there is no command \\frob")
                .contains("Tab completes");
    }

    @Test
    void what_was_typed_is_remembered() throws Exception {
        type("SELECT 41 + 1;\n\\q\n");

        assertThat(Files.readString(directory.resolve("history"))).contains("SELECT 41 + 1;");
    }

    private String type(String keys) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (Terminal terminal = new ExternalTerminal(
                "test",
                "ansi",
                new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                StandardCharsets.UTF_8)) {
            ResultPrinter printer = new ResultPrinter(print, ResultFormat.TABLE);
            new SqlShell(
                            client,
                            terminal,
                            print,
                            printer,
                            directory.resolve("history"),
                            e -> e.code() + ": " + e.getMessage())
                    .run();
        }
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
