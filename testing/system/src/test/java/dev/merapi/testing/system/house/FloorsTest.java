package dev.merapi.testing.system.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Five floors: name things ({@code api}), keep them ({@code store}, {@code wire}), derive from them ({@code query},
 * {@code client}), join everything ({@code server}), launch ({@code cli}). An import never goes up a floor, and rooms
 * on one floor do not see each other.
 */
final class FloorsTest {
    private static final JavaClasses HOUSE = MainClasses.ALL;

    @Test
    void api_knows_nothing_of_ours() {
        room("api").imports().because("both client and server carry it, and everything is built on its words");
    }

    @Test
    void store_knows_only_api() {
        room("store").imports("api..").because("it can be embedded and simulated without a query or a network");
    }

    @Test
    void query_knows_api_and_the_face_of_store() {
        room("query")
                .imports("api..", "store")
                .because("a delta knows nothing of who listens, nor of how rows are kept");
    }

    @Test
    void codegen_knows_only_api() {
        room("codegen")
                .imports("api..")
                .because("it runs inside other people's compilers, and names classes of clients and servers in text");
    }

    @Test
    void wire_knows_only_api() {
        room("wire").imports("api..").because("it turns bytes into messages and back, so that transcripts can test it");
    }

    @Test
    void client_knows_api_and_our_own_protocol() {
        room("client")
                .imports("api..", "wire", "wire.codec..", "wire.v1..")
                .because("the jar an application carries stays small and free of the server");
    }

    @Test
    void server_joins_the_engine_rooms_and_knows_no_client() {
        room("server")
                .imports("api..", "store..", "query..", "wire..")
                .because(
                        "it is the one room that wires the others, and nothing it serves may lean on what talks to it");
    }

    @Test
    void the_command_line_knows_faces_only() {
        room("cli")
                .imports("api..", "server", "client..", "examples..")
                .because("an adapter with logic of its own is in the wrong room");
    }

    @Test
    void a_connection_knows_no_socket() {
        noClasses()
                .that()
                .resideInAPackage("dev.merapi.server.connection..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.merapi.server.http..", "io.netty.channel..", "java.net..", "java.nio.channels..")
                .because("identity, limits and subscriptions of a client are tested without a network")
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void packages_of_query_are_layers() {
        layers("query", "expr", "sql", "plan", "exec", "dataflow", "live");
    }

    @Test
    void packages_inside_a_room_form_no_cycle() {
        for (String room : List.of("api", "store", "query", "wire", "server", "client", "codegen", "cli", "examples")) {
            slices().matching("dev.merapi." + room + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("packages that need each other are one package with a line drawn through it")
                    .allowEmptyShould(true)
                    .check(HOUSE);
        }
    }

    /** Each package may use those named before it, never those after it. */
    private static void layers(String room, String... lowestFirst) {
        for (int lower = 0; lower < lowestFirst.length; lower++) {
            for (int higher = lower + 1; higher < lowestFirst.length; higher++) {
                noClasses()
                        .that()
                        .resideInAPackage("dev.merapi." + room + "." + lowestFirst[lower] + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.merapi." + room + "." + lowestFirst[higher] + "..")
                        .because("packages layer as they are listed: " + String.join(" <- ", lowestFirst))
                        .allowEmptyShould(true)
                        .check(HOUSE);
            }
        }
    }

    private static Room room(String name) {
        return new Room(name, List.of());
    }

    private record Room(String name, List<String> visible) {
        /** Packages it may import besides its own; two dots at the end include what lies below. */
        Room imports(String... packages) {
            return new Room(name, List.of(packages));
        }

        void because(String reason) {
            String[] allowed = new String[visible.size() + 1];
            allowed[0] = "dev.merapi." + name + "..";
            for (int i = 0; i < visible.size(); i++) {
                allowed[i + 1] = "dev.merapi." + visible.get(i);
            }
            noClasses()
                    .that()
                    .resideInAPackage("dev.merapi." + name + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.merapi..")
                            .and(resideInAnyPackage(allowed).negate()))
                    .because(reason)
                    .allowEmptyShould(true)
                    .check(HOUSE);
        }
    }
}
