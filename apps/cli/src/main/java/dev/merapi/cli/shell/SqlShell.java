package dev.merapi.cli.shell;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.cli.output.ResultPrinter;
import dev.merapi.client.ExecuteResult;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.Statement;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Reads SQL from a terminal, with history and completion, until told to end. */
public final class SqlShell {
    private static final String TABLES = """
        SELECT table_schema AS schema, table_name AS table FROM information_schema.tables
        WHERE table_schema NOT IN ('information_schema', 'pg_catalog', 'merapi') ORDER BY 1, 2\
        """;

    private static final String DESCRIBE = """
        SELECT column_name AS column, data_type AS type, is_nullable AS nullable, column_default AS default
        FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position\
        """;

    private final MerapiClient client;
    private final Terminal terminal;
    private final LineReader reader;
    private final PrintStream out;
    private final ResultPrinter printer;
    private final Function<CodedException, String> errorLine;
    private final SchemaNames names;
    private final StatementScanner scanner = new StatementScanner();

    /**
     * @param history where to keep what was typed
     * @param errorLine how an error is shown
     */
    public SqlShell(
            MerapiClient client,
            Terminal terminal,
            PrintStream out,
            ResultPrinter printer,
            Path history,
            Function<CodedException, String> errorLine) {
        this.client = client;
        this.terminal = terminal;
        this.out = out;
        this.printer = printer;
        this.errorLine = errorLine;
        this.names = new SchemaNames(client);
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("merapi")
                .parser(new SqlLineParser())
                .completer(new SqlCompleter(names))
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "    %P-> ")
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /** Runs until the user ends it. Errors of statements are shown and do not end it. */
    public void run() throws IOException {
        while (true) {
            String line;
            try {
                line = reader.readLine(scanner.isInTransaction() ? "merapi*> " : "merapi> ");
            } catch (UserInterruptException e) {
                scanner.clear();
                continue;
            } catch (EndOfFileException e) {
                return;
            }
            Optional<ShellCommand> command = ShellCommand.parse(line);
            if (command.isPresent() && command.get() instanceof ShellCommand.Quit) {
                return;
            }
            attempt(() -> command.ifPresentOrElse(this::obey, () -> execute(line)));
            terminal.flush();
        }
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (CodedException e) {
            out.println(errorLine.apply(e));
            out.flush();
        }
    }

    private void execute(String sql) {
        List<StatementScanner.Unit> units = scanner.add(sql + "\n");
        try {
            new StatementRunner(client, printer).run(units);
        } finally {
            names.forget();
        }
    }

    private void obey(ShellCommand command) {
        switch (command) {
            case ShellCommand.Help help -> out.println(ShellCommand.HELP);
            case ShellCommand.ListTables list -> print(Statement.of(TABLES));
            case ShellCommand.DescribeTable(String name) -> describe(name);
            case ShellCommand.Unknown(String text) -> out.println("there is no command " + text + "; \\? lists them");
            case ShellCommand.Quit quit -> {}
        }
        out.flush();
    }

    private void describe(String name) {
        int dot = name.indexOf('.');
        String schema = dot < 0 ? "public" : name.substring(0, dot);
        ExecuteResult result = print(Statement.of(DESCRIBE, schema, name.substring(dot + 1)));
        if (result.rows().isEmpty()) {
            throw new CodedException(ErrorCode.UNKNOWN_TABLE, "table does not exist")
                    .with("table", name)
                    .hint("\\d lists the tables");
        }
    }

    private ExecuteResult print(Statement statement) {
        ExecuteResult result = client.batch(statement).getLast();
        if (!result.rows().isEmpty()) {
            printer.print(result);
        }
        return result;
    }
}
