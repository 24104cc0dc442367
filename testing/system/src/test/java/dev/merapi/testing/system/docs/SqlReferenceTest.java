package dev.merapi.testing.system.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.api.value.TextFormat;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.query.SqlResult;
import dev.merapi.query.expr.Functions.Kind;
import dev.merapi.server.EmbeddedDatabase;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import dev.merapi.store.Caller;
import dev.merapi.wire.Confirm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * {@code docs/sql.md} says what is: its lists follow from the code ({@code -Dgolden.update} writes them anew), and its
 * examples run.
 */
final class SqlReferenceTest {
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path REFERENCE = PROJECT.resolve("docs/sql.md");
    private static final List<String> PAGES_WITH_EXAMPLES =
            List.of("docs/sql.md", "README.md", "docs/guide/live.md", "docs/guide/row-policies.md");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

    private final MarkedPage page = new MarkedPage(REFERENCE);

    @Test
    void the_functions_are_those_of_the_registry() throws IOException {
        for (Kind kind : List.of(Kind.SCALAR, Kind.AGGREGATE, Kind.WINDOW, Kind.TABLE)) {
            assertThat(FunctionList.misplaced(kind))
                    .as("functions to be put into one group each, in FunctionList")
                    .isEmpty();
            page.hold(kind.name().toLowerCase(Locale.ROOT) + " functions", FunctionList.page(kind));
        }
    }

    @Test
    void every_operator_is_on_the_page() throws IOException {
        String section = section("## Operators");
        Set<String> shown = new HashSet<>();
        Matcher span = CODE_SPAN.matcher(section);
        while (span.find()) {
            shown.addAll(List.of(span.group(1).replace("\\|", "|").split(" ")));
        }

        assertThat(shown).containsAll(FunctionList.operators());
    }

    @Test
    void the_limits_are_those_of_the_code() throws IOException {
        page.hold("limits", LimitTable.page());
    }

    @TestFactory
    Stream<DynamicTest> every_example_does_what_the_page_says() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : PAGES_WITH_EXAMPLES) {
            List<SqlBlock> blocks = SqlBlock.of(PROJECT.resolve(name));
            if (!blocks.isEmpty()) {
                tests.add(DynamicTest.dynamicTest(name, () -> run(blocks)));
            }
        }
        return tests.stream();
    }

    /** The blocks of a page, one after the other in one database, as a reader would try them. */
    private static void run(List<SqlBlock> blocks) {
        try (Server server = Server.start(ServerConfig.memory().withPort(0));
                MerapiClient client = MerapiClient.builder()
                        .uri("ws://127.0.0.1:" + server.port())
                        .connect()) {
            EmbeddedDatabase database = server.database("main");
            database.transact(Caller.SYSTEM, "module", Confirm.DURABLE, tx -> tx.createTable(things()))
                    .join();
            for (SqlBlock block : blocks) {
                if (block.live()) {
                    block.statements().forEach(line -> hold(block, line, () -> subscribe(client, line.sql())));
                } else if (block.isRefused()) {
                    block.statements().forEach(line -> hold(block, line, () -> execute(database, line.sql())));
                } else {
                    List<String> rows = rows(block, database);
                    if (!block.rows().isEmpty()) {
                        assertThat(rows).as(block.place()).isEqualTo(block.rows());
                    }
                }
            }
        }
    }

    /** The table the page takes its examples of records and sums from: SQL cannot create it. */
    private static TableSchema things() {
        RecordType point = new RecordType(
                "point", List.of(Column.required("x", ScalarType.I32), Column.optional("y", ScalarType.F64)));
        SumType shape = new SumType(
                "shape", List.of(Variant.of("none"), Variant.of("circle", ScalarType.F64), Variant.of("at", point)));
        List<Column> columns = List.of(
                Column.required("id", ScalarType.I32),
                Column.required("color", SumType.ofNames("color", "red", "green")),
                Column.optional("place", point),
                Column.required("shape", shape));
        return new TableSchema(
                0,
                TableName.of("things"),
                columns.stream().map(ColumnDefinition::of).toList(),
                null,
                List.of(),
                List.of(),
                List.of(),
                0);
    }

    /** A statement succeeds, or is refused with the code beside it. */
    private static void hold(SqlBlock block, SqlBlock.Line line, Runnable statement) {
        String outcome;
        try {
            statement.run();
            outcome = null;
        } catch (CodedException e) {
            outcome = e.code().name();
        }
        assertThat(outcome).as("%s: %s", block.place(), line.sql()).isEqualTo(line.code());
    }

    private static void subscribe(MerapiClient client, String sql) {
        try (LiveRows live = client.live(sql, LiveOptions.DEFAULT)) {
            live.first().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CodedException coded) {
                throw coded;
            }
            throw new AssertionError("the live query neither begins nor fails: " + sql, e);
        }
    }

    private static List<String> rows(SqlBlock block, EmbeddedDatabase database) {
        try {
            List<String> rows = new ArrayList<>();
            execute(database, block.text()).forEach(result -> rows.addAll(rows(result)));
            return rows;
        } catch (CodedException e) {
            throw new AssertionError(block.place() + ": " + e, e);
        }
    }

    private static List<SqlResult> execute(EmbeddedDatabase database, String sql) {
        try {
            return database.execute(sql).join().value();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CodedException coded ? coded : e;
        }
    }

    private static List<String> rows(SqlResult result) {
        RowLayout layout = RowLayout.of(result.columns());
        List<String> rows = new ArrayList<>();
        for (byte[] bytes : result.rows()) {
            StringJoiner row = new StringJoiner(" | ");
            for (int i = 0; i < layout.columnCount(); i++) {
                Object value = layout.get(bytes, i);
                row.add(value == null ? "NULL" : TextFormat.format(layout.columnType(i), value));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private static String section(String heading) throws IOException {
        String text = Files.readString(REFERENCE);
        int start = text.indexOf("\n" + heading + "\n");
        assertThat(start).as(heading).isPositive();
        int end = text.indexOf("\n## ", start + 1);
        return text.substring(start, end < 0 ? text.length() : end);
    }
}
