package dev.merapi.cli;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.cli.output.ResultFormat;
import dev.merapi.cli.output.ResultPrinter;
import dev.merapi.cli.shell.SqlShell;
import dev.merapi.cli.shell.StatementRunner;
import dev.merapi.cli.shell.StatementScanner;
import dev.merapi.client.MerapiClient;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "sql",
        description = {
            "Runs SQL: the statements given, else those on standard input; on a terminal a shell.",
            "Statements are separated by semicolons and run one after another, each a transaction of its own;",
            "those from BEGIN to COMMIT or ROLLBACK are one. The first error ends it."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // the fields are set from the command line
final class SqlCommand implements Callable<Integer> {
    /** Large enough that a long statement is not looked through again for each of its lines. */
    private static final int READ_CHARS = 1 << 16;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Parameters(arity = "0..1", paramLabel = "SQL", description = "Statements to run")
    private @Nullable String sql;

    @Option(
            names = {"-c", "--command"},
            paramLabel = "SQL",
            description = "The same, as an option")
    private @Nullable String command;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to print rows: table, json (one object per line) or csv. Default: table")
    private ResultFormat format;

    @Override
    public Integer call() throws IOException {
        if (sql != null && command != null) {
            throw new ParameterException(spec.commandLine(), "give the SQL once: as argument or with --command");
        }
        Streams streams = main.streams();
        try (MerapiClient client = connection.builder(streams).connect()) {
            main.stopping().onRequest(client::close);
            String given = sql != null ? sql : command;
            ResultPrinter printer = new ResultPrinter(streams.out(), format);
            if (given == null && streams.inputIsTerminal()) {
                shell(client, printer, streams);
            } else {
                run(client, printer, streams, given);
            }
            return ExitCode.OK.number();
        }
    }

    private static void run(MerapiClient client, ResultPrinter printer, Streams streams, @Nullable String given)
            throws IOException {
        StatementRunner runner = new StatementRunner(client, printer);
        StatementScanner scanner = new StatementScanner();
        if (given != null) {
            runner.run(scanner.add(given));
        } else {
            Reader input = new InputStreamReader(streams.in(), StandardCharsets.UTF_8);
            char[] buffer = new char[READ_CHARS];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                runner.run(scanner.add(new String(buffer, 0, read)));
            }
        }
        runner.run(scanner.finish());
    }

    private static void shell(MerapiClient client, ResultPrinter printer, Streams streams) throws IOException {
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            streams.out().println(Version.line() + ", type \\? for help");
            streams.out().flush();
            new SqlShell(client, terminal, streams.out(), printer, history(streams), ErrorLine::of).run();
        }
    }

    private static Path history(Streams streams) {
        return streams.variable("MERAPI_HISTORY")
                .map(Path::of)
                .or(() -> streams.variable("HOME").map(home -> Path.of(home, ".merapi_history")))
                .orElseThrow(() -> new CodedException(ErrorCode.CLI_INPUT, "there is no place for the history")
                        .hint("set HOME or MERAPI_HISTORY"));
    }
}
