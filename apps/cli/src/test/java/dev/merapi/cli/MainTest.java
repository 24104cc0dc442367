package dev.merapi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script can rely on: exit codes, one line per error, help everywhere. */
final class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "serve", "sql", "live", "version"})
    void every_command_explains_itself(String command) {
        String[] arguments = command.isEmpty() ? new String[] {"--help"} : new String[] {command, "--help"};

        assertThat(run(arguments)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Usage: merapi" + (command.isEmpty() ? "" : " " + command));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void help_names_the_exit_codes() {
        run("--help");

        for (ExitCode code : ExitCode.values()) {
            assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern("\n +" + code.number() + "  \\w");
        }
    }

    @Test
    void the_version_is_one_line() {
        assertThat(run("version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("merapi ").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                             which command?",
        "frobnicate,                     frobnicate",
        "serve --port x,                 --port",
        "serve --data a --memory,        mutually exclusive",
        "demo --seconds 0,               --seconds must be at least 1",
        "live,                           Missing required parameter",
        "sql --format xml,               xml",
        "sql -c a b,                     give the SQL once",
    })
    void a_wrong_command_line_is_one_line_and_code_2(String line, String expected) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");

        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .hasLineCount(1)
                .startsWith("merapi: CLI_USAGE: ")
                .contains(expected)
                .contains("--help");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void nobody_listening_is_code_3() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThat(run("sql", "--url", "ws://127.0.0.1:" + port, "SELECT 1")).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .hasLineCount(1)
                .startsWith("merapi: CONNECTION_FAILED: cannot connect to the server");
    }

    @Test
    void an_address_that_is_none_is_code_2() {
        assertThat(run("live", "--url", "localhost", "SELECT 1")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).hasLineCount(1).startsWith("merapi: INVALID_OPTION: ");
    }

    @Test
    void a_token_file_that_is_not_there_is_named() {
        assertThat(run("sql", "--token-file", "/nonexistent/token", "SELECT 1")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .hasLineCount(1)
                .contains("CLI_INPUT")
                .contains("/nonexistent/token");
    }

    @Test
    void an_error_stays_on_its_line_whatever_it_says() {
        CodedException error = new CodedException(ErrorCode.SYNTAX_ERROR, "unexpected\ninput")
                .with("near", "\u001b[31m\r\nmerapi: OK")
                .at(7)
                .hint("write\tit differently");

        assertThat(ErrorLine.of(error))
                .isEqualTo("merapi: SYNTAX_ERROR: unexpected input: near=\\u001b[31m  merapi: OK, position=7"
                        + " (write it differently)");
    }

    private int run(String... arguments) {
        Streams streams = new Streams(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                Map.of());
        return Main.run(streams, new Stopping(), arguments);
    }
}
