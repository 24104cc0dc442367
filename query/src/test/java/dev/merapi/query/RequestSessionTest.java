package dev.merapi.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.store.Catalog;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestSessionTest {
    private static final SessionInfo OWNER = new SessionInfo("ann", "owner", true, Map.of("team", "red"), "public");
    private static final SessionInfo EDITOR =
            new SessionInfo("bob", "editor", false, Map.of("role", "editor"), "public");

    private final SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT);

    @Test
    void a_role_is_taken_on_without_the_privilege_and_left_again() {
        RequestSession session = session(OWNER);

        follow(session, "SET ROLE editor");
        assertThat(session.current()).isEqualTo(new SessionInfo("ann", "editor", false, OWNER.claims(), "public"));

        follow(session, "RESET ROLE");
        assertThat(session.current()).isEqualTo(OWNER);
    }

    @Test
    void who_has_signed_in_decides_what_can_be_set_next() {
        RequestSession session = session(OWNER);

        follow(session, "SET ROLE editor");
        follow(session, "SET ROLE service_role");

        assertThat(session.current().role()).isEqualTo("service_role");
        assertThat(session.current().privileged()).isTrue();
    }

    @Test
    void claims_make_another_user() {
        RequestSession session = session(OWNER);

        follow(session, "SET request.jwt.claims = '{\"sub\": \"eve\", \"level\": 3, \"teams\": [\"a\"], \"x\": null}'");
        assertThat(session.current().user()).isEqualTo("eve");
        assertThat(session.current().claims()).isEqualTo(Map.of("sub", "eve", "level", "3", "teams", "[\"a\"]"));
        assertThat(session.current().role()).as("claims do not name the role").isEqualTo("owner");

        follow(session, "SET request.jwt.claims = '{}'");
        assertThat(session.current().user()).isEmpty();

        follow(session, "RESET request.jwt.claims");
        assertThat(session.current()).isEqualTo(OWNER);
    }

    @Test
    void reset_all_gives_the_claims_back_and_keeps_the_role() {
        RequestSession session = session(OWNER);

        follow(session, "SET ROLE editor");
        follow(session, "SET LOCAL request.jwt.claims = '{\"sub\": \"eve\"}'");
        follow(session, "RESET ALL");

        assertThat(session.current().user()).isEqualTo("ann");
        assertThat(session.current().role()).isEqualTo("editor");
    }

    @Test
    void others_cannot_become_somebody_else() {
        assertDenied("SET ROLE owner", "SET ROLE");
        assertDenied("SET LOCAL ROLE anon", "SET ROLE");
        assertDenied("SET request.jwt.claims = '{\"sub\": \"ann\"}'", "SET request.jwt.claims");
    }

    private void assertDenied(String sql, String statement) {
        RequestSession session = session(EDITOR);
        assertThatThrownBy(() -> follow(session, sql)).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
            assertThat(e.toString()).contains("role=editor", "statement=" + statement, "auth.privileged-roles");
        });
        assertThat(session.current()).isEqualTo(EDITOR);
    }

    @Test
    void everybody_may_be_who_they_are() {
        RequestSession session = session(EDITOR);

        follow(session, "SET ROLE editor");
        follow(session, "RESET ROLE");
        follow(session, "RESET request.jwt.claims");

        assertThat(session.current()).isEqualTo(EDITOR);
    }

    @Test
    void what_is_set_last_must_be_of_use() {
        RequestSession session = session(OWNER);

        follow(session, "SET ROLE editor");
        assertThatThrownBy(session::finish).hasMessageContaining("nothing follows");

        follow(session, "SELECT 1");
        session.finish();

        follow(session, "SET request.jwt.claims = '{}'");
        assertThatThrownBy(session::finish).hasMessageContaining("nothing follows");

        follow(session, "RESET request.jwt.claims");
        session.finish();
    }

    @Test
    void values_that_make_no_sense_are_refused() {
        assertRefused("SET request.jwt.claims = '[1]'", "not a JSON object");
        assertRefused("SET request.jwt.claims = '{'", "not a JSON object");
        assertRefused("SET ROLE ann, bob", "not a role");
        assertRefused("SET ROLE ' '", "not a role");
    }

    private void assertRefused(String sql, String message) {
        assertThatThrownBy(() -> engine.prepare(Catalog.EMPTY, OWNER, sql))
                .asString()
                .contains("INVALID_ARGUMENT", message);
    }

    private static RequestSession session(SessionInfo signedIn) {
        return new RequestSession(signedIn, role -> role.equals("owner") || role.equals("service_role"));
    }

    private void follow(RequestSession session, String sql) {
        session.follow(engine.prepare(Catalog.EMPTY, session.current(), sql));
    }
}
