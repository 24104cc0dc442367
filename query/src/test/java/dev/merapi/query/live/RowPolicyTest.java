package dev.merapi.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.SessionInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowPolicyTest {
    private static final SessionInfo OWNER = SessionInfo.ANONYMOUS;
    private static final SessionInfo SERVICE = new SessionInfo("", "service_role", true, Map.of(), "public");
    private static final SessionInfo ANN = caller("ann", "user");
    private static final SessionInfo BOB = caller("bob", "user");

    private final LiveWorld world = new LiveWorld();

    private static SessionInfo caller(String user, String role) {
        return new SessionInfo(user, role, false, Map.of("team", "{\"id\": 7}", "level", "3"), "public");
    }

    @BeforeEach
    void secrets() {
        world.run("CREATE TABLE secrets (id int PRIMARY KEY, owner text, n int)");
        world.run("INSERT INTO secrets VALUES (1, 'ann', 5), (2, 'bob', 0)");
        world.run("ALTER TABLE secrets ENABLE ROW LEVEL SECURITY");
        world.run("CREATE POLICY own ON secrets USING (owner = auth.uid())");
    }

    @Test
    void one_plan_serves_all_callers_of_a_role_and_no_other() {
        assertThat(count(ANN, "SELECT * FROM secrets")).isEqualTo(1);
        assertThat(world.engine.isReady(world.database.catalog(), BOB, "SELECT * FROM secrets"))
                .isTrue();
        assertThat(world.engine.isReady(world.database.catalog(), OWNER, "SELECT * FROM secrets"))
                .isFalse();
        assertThat(count(OWNER, "SELECT * FROM secrets")).isEqualTo(2);
        assertThat(world.engine.isReady(world.database.catalog(), caller("ann", "other"), "SELECT * FROM secrets"))
                .isFalse();
    }

    @Test
    void force_binds_owners_but_not_the_role_that_bypasses() {
        world.run("ALTER TABLE secrets FORCE ROW LEVEL SECURITY");

        assertThat(count(OWNER, "SELECT * FROM secrets")).isZero();
        assertThat(count(SERVICE, "SELECT * FROM secrets")).isEqualTo(2);
    }

    @Test
    void a_condition_that_may_fail_is_not_asked_about_hidden_rows() {
        assertThat(count(ANN, "SELECT * FROM secrets WHERE 10 / n = 2")).isEqualTo(1);
        assertThat(count(ANN, "SELECT * FROM secrets s JOIN secrets t ON 10 / t.n = 2"))
                .isEqualTo(1);
        assertThat(count(ANN, "SELECT * FROM (SELECT * FROM secrets) x WHERE 10 / n = 2"))
                .isEqualTo(1);
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> count(OWNER, "SELECT * FROM secrets WHERE 10 / n = 2"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO));
    }

    @Test
    void an_equality_still_finds_its_index() {
        List<String> plan = world.linesAs(ANN, "EXPLAIN SELECT * FROM secrets WHERE id = 1");

        assertThat(String.join("\n", plan)).contains("Index").contains("owner = auth.uid");
    }

    @Test
    void a_with_clause_does_not_stand_in_for_what_a_policy_reads() {
        world.run("CREATE TABLE friends (person text)");
        world.run("CREATE POLICY friendly ON secrets USING (auth.uid() IN (SELECT person FROM friends))");

        assertThat(count(ANN, "WITH friends AS (SELECT 'ann' AS person) SELECT * FROM secrets, friends"))
                .isEqualTo(1);
    }

    @Test
    void policies_that_read_each_others_tables_are_refused() {
        world.run("CREATE TABLE other (id int)");
        world.run("ALTER TABLE other ENABLE ROW LEVEL SECURITY");
        world.run("CREATE POLICY p ON other USING (EXISTS (SELECT 1 FROM secrets))");
        world.run("CREATE POLICY q ON secrets USING (EXISTS (SELECT 1 FROM other))");

        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> count(ANN, "SELECT * FROM secrets"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_RECURSION));
        assertThat(count(OWNER, "SELECT * FROM secrets")).isEqualTo(2);
    }

    @Test
    void a_violation_names_the_policy_where_only_one_is_meant() {
        world.run("CREATE POLICY positive ON secrets AS RESTRICTIVE FOR INSERT WITH CHECK (n > 0)");

        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> world.runAs(ANN, "INSERT INTO secrets VALUES (3, 'ann', 0)"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_POLICY_VIOLATION))
                .withMessageContaining("policy=positive")
                .withMessageContaining("table=secrets");
        world.runAs(ANN, "INSERT INTO secrets VALUES (3, 'ann', 1)");
        assertThat(count(ANN, "SELECT * FROM secrets")).isEqualTo(2);
    }

    @Test
    void who_asks_is_known_under_the_names_of_postgrest() {
        assertThat(value(ANN, "SELECT auth.uid() || auth.role() || current_role"))
                .isEqualTo("annuseruser");
        assertThat(value(ANN, "SELECT auth.jwt() -> 'team' ->> 'id'")).isEqualTo("7");
        assertThat(value(ANN, "SELECT current_setting('request.jwt.claims', true)::jsonb ->> 'level'"))
                .isEqualTo("3");
        assertThat(value(ANN, "SELECT current_setting('request.jwt.claim.level', true)"))
                .isEqualTo("3");
        assertThat(value(caller("", "anon"), "SELECT coalesce(auth.uid(), 'nobody')"))
                .isEqualTo("nobody");
    }

    private int count(SessionInfo session, String sql) {
        return world.queryAs(session, sql).size();
    }

    private String value(SessionInfo session, String sql) {
        return world.linesAs(session, sql).getFirst();
    }
}
