package dev.merapi.cli.shell;

import dev.merapi.api.schema.RowType;
import dev.merapi.cli.output.ResultPrinter;
import dev.merapi.client.ExecuteResult;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.Statement;
import dev.merapi.client.row.Rows;
import java.util.List;

/** Sends requests and prints what comes back. */
public final class StatementRunner {
    private final MerapiClient client;
    private final ResultPrinter printer;

    public StatementRunner(MerapiClient client, ResultPrinter printer) {
        this.client = client;
        this.printer = printer;
    }

    /** @throws dev.merapi.api.error.CodedException what the server or the connection says; those before stay done */
    public void run(List<StatementScanner.Unit> units) {
        for (StatementScanner.Unit unit : units) {
            switch (unit) {
                case StatementScanner.Unit.Request(String sql) -> send(sql);
                case StatementScanner.Unit.Transaction(String sql, String end) -> {
                    send(sql);
                    printer.print(done(end));
                }
            }
        }
    }

    private void send(String sql) {
        client.batch(Statement.of(sql)).forEach(printer::print);
    }

    private static ExecuteResult done(String command) {
        return new ExecuteResult(command, 0, Rows.ofBytes(RowType.EMPTY, List.of(), ""));
    }
}
