package dev.merapi.testing.system.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.value.RowLayout;
import dev.merapi.query.SqlResult;
import dev.merapi.server.Server;
import dev.merapi.server.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SET ROLE means in a request what it means in a session of PostgreSQL: with SET and SET LOCAL, transactions that end
 * one way or the other, savepoints, and one role after the other.
 */
@Tag("slow")
final class RolesPostgresTest {
    private static PostgresContender postgres;
    private static Server server;

    @BeforeAll
    static void start() {
        postgres = PostgresContender.start();
        server = Server.start(ServerConfig.memory().withPort(0));
        postgres.answer(question(List.of("CREATE ROLE ann", "CREATE ROLE bob")));
    }

    @AfterAll
    static void stop() {
        server.close();
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHOW role; SET ROLE ann; SHOW role; RESET ROLE; SHOW role",
                "SET ROLE ann; SHOW role; SET ROLE bob; SHOW role; SET ROLE NONE; SHOW role",
                "SET role = ann; SHOW role; SET SESSION ROLE 'bob'; SHOW role; SET role TO DEFAULT; SHOW role",
                "SET ROLE ann; COMMIT; SHOW role; RESET ROLE; SHOW role",
                "SET LOCAL ROLE ann; SHOW role; COMMIT; SHOW role",
                "SET ROLE ann; COMMIT; SET LOCAL ROLE bob; SHOW role; COMMIT; SHOW role; RESET ROLE; SHOW role",
                "SET ROLE ann; SHOW role; ROLLBACK; SHOW role",
                "SET ROLE ann; COMMIT; SET ROLE bob; SHOW role; ROLLBACK; SHOW role; RESET ROLE; SHOW role",
                "SET LOCAL ROLE ann; SET ROLE bob; SHOW role; COMMIT; SHOW role; RESET ROLE; SHOW role",
                "SAVEPOINT a; SET ROLE ann; SHOW role; ROLLBACK TO a; SHOW role",
                "SET ROLE ann; SAVEPOINT a; SET ROLE bob; SAVEPOINT b; RESET ROLE; SHOW role; ROLLBACK TO b; SHOW role;"
                        + " ROLLBACK TO a; SHOW role; RESET ROLE; SHOW role",
                "SAVEPOINT a; SET ROLE ann; RELEASE a; SHOW role; RESET ROLE; SHOW role",
                "SAVEPOINT a; SET LOCAL ROLE ann; SAVEPOINT a; SET ROLE bob; ROLLBACK TO a; SHOW role; RELEASE a;"
                        + " ROLLBACK TO a; SHOW role",
                "SET ROLE ann; RESET ALL; SHOW role; RESET ROLE; SHOW role"
            })
    void the_role_is_what_it_is_in_postgres(String script) {
        List<String> statements = List.of(script.split("; "));

        assertThat(merapi(script)).isEqualTo(postgres(statements));
    }

    private static List<String> postgres(List<String> statements) {
        List<String> shown = new ArrayList<>();
        for (Answer answer : postgres.answer(question(statements))) {
            if (answer instanceof Answer.Rows rows) {
                // PostgreSQL calls it none when nobody has SET it; here everybody has a role.
                shown.add(String.valueOf(rows.rows().getFirst().getFirst()).replace("none", "owner"));
            }
        }
        return shown;
    }

    private static List<String> merapi(String script) {
        List<String> shown = new ArrayList<>();
        for (SqlResult result : server.database("").execute(script).join().value()) {
            if (!result.rows().isEmpty()) {
                shown.add(String.valueOf(
                        RowLayout.of(result.columns()).decode(result.rows().getFirst())[0]));
            }
        }
        return shown;
    }

    private static SqlCase question(List<String> statements) {
        return new SqlCase("roles", "case", List.of(), statements, true, true, List.of());
    }
}
