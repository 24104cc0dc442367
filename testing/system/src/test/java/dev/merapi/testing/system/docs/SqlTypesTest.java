package dev.merapi.testing.system.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.Bsatn;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.row.Row;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tables of types in {@code docs/sql.md}: what they say of names, values, bytes, Java and JSON is tried out. */
final class SqlTypesTest {
    private static final MarkedPage PAGE = new MarkedPage(Path.of("../../docs/sql.md"));

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Server server;
    private static MerapiClient client;

    @BeforeAll
    static void start() {
        server = Server.start(ServerConfig.memory().withPort(0));
        client = MerapiClient.builder().uri("ws://127.0.0.1:" + server.port()).connect();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void all_types_are_on_the_page() throws Exception {
        assertThat(TypeRow.all()).extracting(TypeRow::type).contains(ScalarType.values());
        StringBuilder types = new StringBuilder("| type | also written | values | Java | JSON |\n");
        types.append("| --- | --- | --- | --- | --- |\n");
        StringBuilder bytes = new StringBuilder("| type | in the API | bytes | for example | is |\n");
        bytes.append("| --- | --- | --- | --- | --- |\n");
        for (TypeRow row : TypeRow.all()) {
            Object value =
                    Objects.requireNonNull(client.query("SELECT CAST($1 AS " + row.declared() + ")", row.example())
                            .getFirst()
                            .get(0));
            types.append("| `%s` | %s | %s | `%s` | `%s` |\n"
                    .formatted(row.declared(), spans(row.otherNames()), row.range(), javaClass(value), json(row)));
            bytes.append("| `%s` | `%s` | %s | `%s` | `%s` |\n"
                    .formatted(row.declared(), javaType(row), row.bytes(), row.example(), hex(row, value)));
        }
        PAGE.hold("types", types.toString());
        PAGE.hold("bytes", bytes.toString());
    }

    @TestFactory
    Stream<DynamicTest> every_type_goes_there_and_back() {
        List<DynamicTest> tests = new ArrayList<>();
        List<TypeRow> rows = TypeRow.all();
        for (int i = 0; i < rows.size(); i++) {
            TypeRow row = rows.get(i);
            String table = "type_" + i;
            tests.add(DynamicTest.dynamicTest(row.declared(), () -> goThereAndBack(row, table)));
        }
        return tests.stream();
    }

    private static void goThereAndBack(TypeRow row, String table) throws Exception {
        client.execute("CREATE TABLE %s (id integer PRIMARY KEY, v %s NOT NULL, o %s)"
                .formatted(table, row.declared(), row.declared()));
        assertThat(client.query("SELECT v FROM " + table).columns().column(0).type())
                .isEqualTo(row.type());
        for (String name : row.otherNames()) {
            assertThat(client.query("SELECT NULL::" + name).columns().column(0).type())
                    .as(name)
                    .isEqualTo(row.type());
        }
        String insert = "INSERT INTO " + table + " VALUES ($1, $2, $3)";
        int id = 0;
        for (String literal :
                Stream.concat(Stream.of(row.example()), row.bounds().stream()).toList()) {
            client.execute(insert, ++id, literal, null);
            Row first = row(table, id);
            Object value = Objects.requireNonNull(first.get("v"));
            byte[] bytes = bytes(row, value);
            assertThat(first.bytes()).as("%s: its bytes", literal).isEqualTo(rowBytes(first, id, bytes, null));
            assertThat(Bsatn.read(new BsatnReader(bytes), row.type())).isEqualTo(value);

            client.execute(insert, ++id, value, value);
            assertThat(row(table, id).bytes())
                    .as("%s: sent as %s", literal, value.getClass())
                    .isEqualTo(rowBytes(first, id, bytes, bytes));

            String json = cell(post("SELECT v FROM " + table + " WHERE id = $1", String.valueOf(id)));
            String parameter = row.type() == ScalarType.JSON ? quoted(json) : json;
            post(insert, ++id + "," + parameter + "," + parameter);
            assertThat(row(table, id).bytes())
                    .as("%s: sent as JSON %s", literal, parameter)
                    .isEqualTo(rowBytes(first, id, bytes, bytes));
        }
        TypeRow.Beyond beyond = row.beyond();
        if (beyond != null) {
            int next = id + 1;
            assertThatThrownBy(() -> client.execute(insert, next, beyond.literal(), null))
                    .isInstanceOfSatisfying(
                            CodedException.class,
                            e -> assertThat(e.code()).as(e.toString()).isEqualTo(beyond.code()));
        }
    }

    private static Row row(String table, int id) {
        return client.queryOne("SELECT id, v, o FROM " + table + " WHERE id = $1", id)
                .orElseThrow();
    }

    /** What the page says a row is: its columns one after the other, those that may be NULL with a tag in front. */
    private static byte[] rowBytes(Row like, int id, byte[] v, byte[] o) {
        BsatnWriter out = new BsatnWriter();
        byte[][] values = {bytes(ScalarType.I32, id), v, o};
        for (int i = 0; i < values.length; i++) {
            Column column = like.columns().column(i);
            if (column.nullable()) {
                out.putByte(values[i] == null ? (byte) 1 : (byte) 0);
            }
            if (values[i] != null) {
                out.putRaw(values[i]);
            }
        }
        return out.toByteArray();
    }

    private static byte[] bytes(TypeRow row, Object value) {
        return bytes(row.type(), value);
    }

    private static byte[] bytes(dev.merapi.api.schema.ColumnType type, Object value) {
        BsatnWriter out = new BsatnWriter();
        Bsatn.write(out, type, value);
        return out.toByteArray();
    }

    private static String hex(TypeRow row, Object value) {
        byte[] bytes = bytes(row, value);
        HexFormat hex = HexFormat.ofDelimiter(" ");
        boolean longNumber = row.type() instanceof ScalarType scalar
                && scalar.fixedWidth() > (scalar.isInteger() ? Long.BYTES : 2 * Long.BYTES);
        return longNumber
                ? hex.formatHex(bytes, 0, 4) + " … " + hex.formatHex(bytes, bytes.length - 1, bytes.length)
                : hex.formatHex(bytes);
    }

    private static String spans(List<String> names) {
        return names.isEmpty() ? "" : "`" + String.join("`, `", names) + "`";
    }

    private static String javaClass(Object value) {
        return value instanceof List ? "List" : value.getClass().getSimpleName();
    }

    /** The constant or the class in {@code dev.merapi.api.schema}. */
    private static String javaType(TypeRow row) {
        return row.type() instanceof ScalarType scalar
                ? scalar.name()
                : row.type().getClass().getSimpleName();
    }

    private static String json(TypeRow row) throws Exception {
        return cell(post("SELECT CAST($1 AS " + row.declared() + ")", quoted(row.example())));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The only value of an answer. */
    private static String cell(String answer) {
        int start = answer.indexOf("\"rows\":[[");
        int end = answer.indexOf("]],\"rowCount\"");
        assertThat(start).as(answer).isPositive();
        return answer.substring(start + "\"rows\":[[".length(), end);
    }

    private static String post(String sql, String params) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/sql"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"sql\":" + quoted(sql) + ",\"params\":[" + params + "]}"))
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
