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

class LiveQueriesTest {
    private final LiveWorld world = new LiveWorld();

    @BeforeEach
    void messages() {
        world.run("CREATE TABLE messages (id bigint PRIMARY KEY, thread int NOT NULL, author text, body text)");
        world.run("INSERT INTO messages VALUES (1, 17, 'ann', 'a'), (2, 17, 'bob', 'b'), (3, 18, 'ann', 'c')");
    }

    @Test
    void queries_that_differ_in_constants_share_a_template() {
        world.attach(world.compile("SELECT * FROM messages WHERE thread = 17"));
        world.attach(world.compile("SELECT * FROM messages WHERE thread = 18"));
        world.attach(world.compile("SELECT * FROM messages WHERE thread = $1", 19));

        assertThat(world.live.templateCount()).isEqualTo(1);
        assertThat(world.live.resultCount()).isEqualTo(3);
    }

    @Test
    void equal_queries_share_a_result_until_the_last_leaves() {
        LiveResult first = world.attach(world.compile("SELECT * FROM messages WHERE thread = 17"));
        LiveResult second = world.attach(world.compile("select * from messages where 17 = thread"));
        assertThat(second).isSameAs(first);

        world.live.detach(first);
        assertThat(world.run("DELETE FROM messages WHERE id = 1")).hasSize(1);

        world.live.detach(second);
        assertThat(world.run("DELETE FROM messages WHERE id = 2")).isEmpty();
        assertThat(world.live.templateCount()).isZero();
    }

    @Test
    void one_change_reaches_one_of_many_results() {
        for (int thread = 0; thread < 1000; thread++) {
            world.attach(world.compile("SELECT * FROM messages WHERE thread = $1", thread));
        }

        List<QueryUpdate> updates = world.run("UPDATE messages SET body = 'x' WHERE id = 3");

        assertThat(updates).hasSize(1);
        assertThat(updates.getFirst().result().query())
                .isEqualTo(world.compile("SELECT * FROM messages WHERE thread = 18"));
    }

    @Test
    void lists_of_any_length_and_parameters_in_any_place_share_a_template() {
        world.attach(world.compile("SELECT * FROM messages WHERE thread = $1 AND length(body) > 3", 17));
        world.attach(world.compile("SELECT * FROM messages WHERE thread IN (17, 18) AND length(body) > $1", 3));
        world.attach(world.compile(
                "SELECT * FROM messages WHERE length(body) > $1 AND thread = ANY ($2)", 3, List.of(17, 18, 19)));
        assertThat(world.live.templateCount()).isEqualTo(1);

        world.attach(world.compile("SELECT * FROM messages WHERE id > 3"));
        world.attach(world.compile("SELECT * FROM messages WHERE id BETWEEN $1 AND $2", 3, 4));
        assertThat(world.live.templateCount()).isEqualTo(2);
    }

    @Test
    void a_list_in_another_order_is_the_same_query() {
        assertThat(world.compile("SELECT * FROM messages WHERE thread IN (17, 18, 17)"))
                .isEqualTo(world.compile("SELECT * FROM messages WHERE thread IN (18, 17)"));
    }

    @Test
    void a_result_found_by_several_branches_is_told_once() {
        world.attach(world.compile("SELECT * FROM messages WHERE thread = 17 OR author = 'ann' OR id < 10"));

        List<QueryUpdate> updates = world.run("UPDATE messages SET body = 'x' WHERE id = 1");

        assertThat(updates).hasSize(1);
        assertThat(updates.getFirst().changes()).hasSize(1);
    }

    @Test
    void a_result_whose_condition_fails_on_a_row_ends_alone() {
        LiveResult failing = world.attach(world.compile("SELECT * FROM messages WHERE 10 / (thread - 20) > 100"));
        LiveResult other = world.attach(world.compile("SELECT * FROM messages WHERE 10 / (thread - 21) > 100"));
        LiveResult showing = world.attach(world.compile("SELECT 1 / (thread - 20) FROM messages"));

        List<QueryUpdate> updates = world.run("INSERT INTO messages VALUES (4, 20, 'ann', 'd')");

        assertThat(updates).extracting(QueryUpdate::result).containsExactlyInAnyOrder(failing, showing);
        assertThat(updates)
                .allSatisfy(update -> assertThat(update.ended())
                        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO)));
        assertThat(world.live.resultCount()).isEqualTo(1);
        world.live.detach(failing);
        world.live.detach(other);
        assertThat(world.live.templateCount()).isZero();
    }

    @Test
    void explaining_says_what_finds_a_subscriber() {
        assertThat(found("thread = 17 AND id > 5 AND body IS NOT NULL AND length(body) > 4"))
                .containsExactly("hash of thread, then interval of id; asked once: body IS NOT NULL;"
                        + " asked of each: (length(body) > 4)");
        assertThat(found("body LIKE 'a%' OR thread IN (1, 2) OR thread = 3"))
                .containsExactly("interval of body", "hash of thread");
        assertThat(found("body <> 'a'")).containsExactly("all; asked of each: (body <> 'a'::text)");
    }

    private List<String> found(String condition) {
        return world.query("EXPLAIN LIVE SELECT * FROM messages WHERE " + condition).stream()
                .map(row -> new String(row, 4, row.length - 4, java.nio.charset.StandardCharsets.UTF_8))
                .filter(line -> line.contains("found by: "))
                .map(line -> line.substring(line.indexOf("found by: ") + "found by: ".length()))
                .toList();
    }

    @Test
    void the_caller_is_a_parameter_like_any_other() {
        String mine = "SELECT id FROM messages WHERE author = current_user";
        LiveQuery anns = world.compileAs(new SessionInfo("ann", "authenticated", false, Map.of(), "public"), mine);
        LiveQuery bobs = world.compileAs(new SessionInfo("bob", "authenticated", false, Map.of(), "public"), mine);
        world.attach(anns);
        world.attach(bobs);

        assertThat(world.live.templateCount()).isEqualTo(1);
        assertThat(world.rows(anns)).hasSize(2);
        assertThat(world.rows(bobs)).hasSize(1);
    }

    @Test
    void last_rows_are_the_ones_inserted_last_oldest_first() {
        TableQuery all = (TableQuery) world.compile("SELECT id FROM messages");
        TableQuery thread = (TableQuery) world.compile("SELECT id FROM messages WHERE thread = 17");

        assertThat(all.lastRows(world.database.snapshot(), 2))
                .extracting(row -> LiveWorld.show(all, row))
                .containsExactly("(2)", "(3)");
        assertThat(thread.lastRows(world.database.snapshot(), 1))
                .extracting(row -> LiveWorld.show(thread, row))
                .containsExactly("(2)");
        assertThat(all.lastRows(world.database.snapshot(), 0)).isEmpty();
        assertThat(all.lastRows(world.database.snapshot(), 100)).hasSize(3);
    }

    @Test
    void the_key_of_the_result_is_known_when_the_projection_keeps_it() {
        assertThat(world.compile("SELECT body, id FROM messages").keyColumns()).containsExactly(1);
        assertThat(world.compile("SELECT body FROM messages").keyColumns()).isEmpty();
    }

    @Test
    void an_index_on_the_equality_column_serves_the_initial_rows_in_order_of_insertion() {
        world.run("CREATE INDEX by_thread ON messages USING hash (thread)");
        world.run("UPDATE messages SET thread = 17 WHERE id = 3");
        LiveQuery thread = world.compile("SELECT id FROM messages WHERE thread = 17 AND body <> 'b'");

        assertThat(world.rows(thread))
                .extracting(row -> LiveWorld.show(thread, row))
                .containsExactly("(1)", "(3)");
    }

    @Test
    void a_constant_that_its_column_cannot_hold_matches_nothing() {
        world.run("CREATE TABLE prices (id int PRIMARY KEY, price numeric(10,2))");
        world.run("INSERT INTO prices VALUES (1, 1.56)");

        assertThat(world.rows(world.compile("SELECT * FROM prices WHERE price = 1.555")))
                .isEmpty();
        assertThat(world.rows(world.compile("SELECT * FROM prices WHERE price = 1.560")))
                .hasSize(1);
    }

    @Test
    void a_system_table_cannot_be_followed() {
        for (String table : List.of("merapi.tables", "information_schema.columns", "pg_catalog.pg_class")) {
            assertThatExceptionOfType(CodedException.class)
                    .isThrownBy(() -> world.compile("SELECT * FROM " + table))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.LIVE_UNSUPPORTED))
                    .withMessageContaining(table);
        }
    }

    @Test
    void limits_are_refused_by_name() {
        LiveQueries small = new LiveQueries(new LiveLimits(1, 1, 10, 10, 10, 10), world.database.offset());
        small.attach(world.compile("SELECT * FROM messages WHERE thread = 17"), world.database.snapshot());

        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(() -> small.attach(
                        world.compile("SELECT * FROM messages WHERE thread = 18"), world.database.snapshot()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.LIVE_LIMIT))
                .withMessageContaining("limit=1");
    }
}
