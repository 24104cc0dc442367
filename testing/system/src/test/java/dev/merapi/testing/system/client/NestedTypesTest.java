package dev.merapi.testing.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.Identity;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.SumValue;
import dev.merapi.client.MerapiClient;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import dev.merapi.store.Caller;
import dev.merapi.wire.Confirm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns as modules have them, from a client to the disk and back. */
final class NestedTypesTest {
    private static final SumType COLOR = SumType.ofNames("color", "RED", "GREEN");
    private static final RecordType POINT = new RecordType(
            "point", List.of(Column.required("x", ScalarType.I32), Column.optional("y", ScalarType.U64)));
    private static final SumType SHAPE =
            new SumType("shape", List.of(Variant.of("none"), Variant.of("at", POINT), Variant.of("color", COLOR)));
    private static final Identity ANN = Identity.of("merapi", "ann");

    enum Color {
        RED,
        GREEN
    }

    record Point(int x, Long y) {}

    record Thing(Identity owner, Color color, Point place, List<SumValue> shapes) {}

    @Test
    void values_made_of_others_go_from_client_to_disk_and_back(@TempDir Path directory) throws Exception {
        SumValue red = SumValue.of(COLOR, "RED");
        SumValue at = SumValue.of(SHAPE, "at", RecordValue.of(POINT, 7, null));
        SumValue green = SumValue.of(SHAPE, "color", SumValue.of(COLOR, "GREEN"));
        try (Server server = start(directory);
                MerapiClient client = connect(server)) {
            server.database("main")
                    .transact(Caller.SYSTEM, "module", Confirm.DURABLE, tx -> tx.createTable(things()))
                    .join();
            String insert = "INSERT INTO things VALUES ($1, $2, $3, $4)";
            client.execute(insert, ANN, red, RecordValue.of(POINT, 1, 2L), List.of(at, green));
            client.execute(insert, "0x" + "0".repeat(63) + "7", "GREEN", "{\"x\": 3}", "{none}");

            try (LiveRows live =
                    client.live("SELECT owner, place FROM things WHERE color = 'RED'", LiveOptions.DEFAULT)) {
                live.first().toCompletableFuture().get(20, TimeUnit.SECONDS);
                assertThat(live.rows()).hasSize(1);
            }
            assertThat(client.query("SELECT * FROM things WHERE owner = $1", ANN)
                            .as(Thing.class))
                    .containsExactly(new Thing(ANN, Color.RED, new Point(1, 2L), List.of(at, green)));
            assertThat(post(
                            server,
                            "{\"sql\":\"SELECT place, color, shapes FROM things WHERE place = $1\","
                                    + "\"params\":[{\"y\":2,\"x\":1}]}"))
                    .contains("[[{\"x\":1,\"y\":2},\"RED\",[{\"at\":{\"x\":7,\"y\":null}},{\"color\":\"GREEN\"}]]]");
        }
        try (Server server = start(directory);
                MerapiClient client = connect(server)) {
            assertThat(client.query("SELECT place FROM things ORDER BY place")
                            .columns()
                            .column(0)
                            .type())
                    .isEqualTo(POINT);
            assertThat(client.query("SELECT owner FROM things WHERE color = $1", red)
                            .getFirst()
                            .getIdentity("owner"))
                    .isEqualTo(ANN);
        }
    }

    private static Server start(Path directory) {
        return Server.start(ServerConfig.directory(directory).withPort(0));
    }

    private static MerapiClient connect(Server server) {
        return MerapiClient.builder().uri("ws://127.0.0.1:" + server.port()).connect();
    }

    private static TableSchema things() {
        List<Column> columns = List.of(
                Column.required("owner", ScalarType.IDENTITY),
                Column.required("color", COLOR),
                Column.required("place", POINT),
                Column.required("shapes", new ArrayType(SHAPE, false)));
        return new TableSchema(
                0,
                TableName.of("things"),
                columns.stream().map(ColumnDefinition::of).toList(),
                new PrimaryKey("things_pkey", 0),
                List.of(new IndexDefinition(0, "things_pkey", List.of(0), true, IndexDefinition.Kind.HASH)),
                List.of(),
                List.of(),
                0);
    }

    private static String post(Server server, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/sql"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
