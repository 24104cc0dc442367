package dev.merapi.cli.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.merapi.api.value.TextFormat;
import dev.merapi.client.ExecuteResult;
import dev.merapi.client.row.Row;
import dev.merapi.client.row.Rows;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints the results of statements in one format. */
public final class ResultPrinter {
    private static final Set<String> COUNTED = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

    private final PrintStream out;
    private final ResultFormat format;

    public ResultPrinter(PrintStream out, ResultFormat format) {
        this.out = out;
        this.format = format;
    }

    /** Prints the rows, or what else became of the statement. */
    public void print(ExecuteResult result) {
        boolean hasRows = result.rows().columns().size() > 0;
        switch (format) {
            case TABLE -> {
                if (hasRows) {
                    TextTable.lines(result.rows()).forEach(out::println);
                    out.println(
                            result.rows().size() == 1
                                    ? "(1 row)"
                                    : "(" + result.rows().size() + " rows)");
                } else {
                    out.println(tag(result));
                }
            }
            case JSON -> {
                if (hasRows) {
                    result.rows().forEach(row -> out.println(JsonLines.row(row)));
                } else {
                    out.println(JsonLines.object(json -> {
                        json.writeName("command").writeString(result.command());
                        json.writeName("rowCount").writeNumber(result.rowCount());
                    }));
                }
            }
            case CSV -> {
                if (hasRows) {
                    out.print(csv(result.rows()));
                }
            }
        }
        out.flush();
    }

    private static String tag(ExecuteResult result) {
        return COUNTED.contains(result.command()) ? result.command() + " " + result.rowCount() : result.command();
    }

    private static String csv(Rows rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .build(text)) {
            writer.writeRecord(rows.columns().names());
            rows.forEach(row -> writer.writeRecord(cells(row)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<@Nullable String> cells(Row row) {
        List<@Nullable String> cells = new ArrayList<>();
        for (int c = 0; c < row.columns().size(); c++) {
            Object value = row.get(c);
            cells.add(
                    value == null
                            ? null
                            : TextFormat.format(row.columns().column(c).type(), value));
        }
        return cells;
    }
}
