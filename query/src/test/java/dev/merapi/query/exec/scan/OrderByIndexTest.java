package dev.merapi.query.exec.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.SqlWorld;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When EXPLAIN says that an index gives the order, and when it does not. */
class OrderByIndexTest {
    private static SqlWorld world;

    @BeforeAll
    static void open() {
        world = new SqlWorld("""
            CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);
            CREATE TABLE message (id int PRIMARY KEY, user_id int NOT NULL, sent int, j jsonb, body text);
            CREATE INDEX sent ON message (sent);
            CREATE UNIQUE INDEX by_id ON message (id);
            CREATE INDEX by_user ON message (user_id, sent);
            CREATE INDEX by_json ON message (j);
            INSERT INTO users VALUES (1, 'Ada'), (2, 'Bo');
            INSERT INTO message VALUES (1, 1, 30, '1', 'x'), (2, 1, NULL, '1.0', 'y'), (3, 1, 10, '2', 'z');
            """);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @Test
    void the_first_rows_come_from_the_index() {
        assertThat(world.plan("SELECT id FROM message ORDER BY sent LIMIT 2")).isEqualTo("""
            Project: id
              ->  Limit, ties settled: sent
                ->  Project: id, sent
                  ->  Index Scan on message using sent\
            """);
        assertThat(world.rows("SELECT id FROM message ORDER BY sent LIMIT 2")).containsExactly("3", "1");
        assertThat(world.rows("SELECT id FROM message ORDER BY sent DESC LIMIT 2"))
                .containsExactly("2", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM message ORDER BY sent DESC LIMIT 5",
                "SELECT sent + 1 FROM message WHERE body LIKE 'x%' ORDER BY sent OFFSET 1 LIMIT 5",
                "SELECT * FROM message ORDER BY sent",
                "SELECT * FROM message WHERE sent > 5 ORDER BY sent DESC",
                "SELECT * FROM message WHERE user_id = 1 ORDER BY user_id, sent",
                "SELECT * FROM message WHERE user_id = 1 AND body = 'x' ORDER BY sent",
                "SELECT * FROM message WHERE id = 5 ORDER BY id DESC",
                "SELECT m.id, u.name FROM message m JOIN users u ON u.id = m.user_id ORDER BY m.sent DESC LIMIT 5",
                "SELECT m.id, u.name FROM message m LEFT JOIN users u ON u.id = m.user_id ORDER BY m.sent LIMIT 5",
                "SELECT id FROM message m WHERE EXISTS (SELECT 1 FROM users u WHERE u.id = m.user_id) ORDER BY sent"
                        + " LIMIT 5"
            })
    void sorting_is_left_out_where_an_index_has_the_order(String sql) {
        assertThat(world.plan(sql)).doesNotContain("Sort").contains("Index ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM message ORDER BY body LIMIT 5",
                "SELECT * FROM message ORDER BY sent NULLS FIRST LIMIT 5",
                "SELECT * FROM message ORDER BY user_id, sent DESC LIMIT 5",
                "SELECT * FROM message ORDER BY sent, body LIMIT 5",
                "SELECT * FROM message ORDER BY -sent LIMIT 5",
                "SELECT * FROM message ORDER BY j LIMIT 5",
                "SELECT * FROM message WHERE body LIKE 'x%' ORDER BY sent",
                "SELECT * FROM message WHERE id IN (1, 2) ORDER BY sent LIMIT 5",
                "SELECT m.id FROM users u JOIN message m ON u.id = m.user_id ORDER BY u.id, m.sent LIMIT 5"
            })
    void sorting_stays_where_no_index_has_the_order_or_it_would_not_pay(String sql) {
        assertThat(world.plan(sql)).contains("Sort");
    }

    @Test
    void nothing_is_left_to_be_ordered_behind_a_key() {
        assertThat(world.plan("SELECT * FROM message ORDER BY id, body LIMIT 1"))
                .doesNotContain("Sort");
        assertThat(world.plan("SELECT * FROM message ORDER BY user_id, sent, body LIMIT 1"))
                .contains("Sort");
    }

    @Test
    void the_least_and_the_greatest_value_are_read_off_the_index() {
        assertThat(world.plan("SELECT min(sent), max(sent), max(id) FROM message"))
                .isEqualTo("""
                    First of Index: min, max, max
                      ->  Index Scan on message using sent
                      ->  Index Scan on message using sent backward
                      ->  Index Scan on message using by_id backward\
                    """);
        assertThat(world.rows("SELECT min(sent), max(sent), max(id) FROM message"))
                .containsExactly("10|30|3");
        assertThat(world.rows("SELECT max(sent) FROM message WHERE user_id = 2"))
                .containsExactly("NULL");
        assertThat(world.plan("SELECT max(sent) FROM message WHERE user_id = 2"))
                .contains("using by_user backward: (user_id = 2)");
        assertThat(world.plan("SELECT max(sent), count(*) FROM message")).doesNotContain("First of Index");
        assertThat(world.plan("SELECT max(sent) FROM message WHERE random() < 0.5"))
                .doesNotContain("First of Index");
    }

    @Test
    void equal_json_is_found_whatever_its_text() {
        assertThat(world.rows("SELECT id FROM message WHERE j = '1' ORDER BY id"))
                .containsExactly("1", "2");
    }

    @Test
    void the_first_row_per_outer_row_is_read_off_an_index_that_begins_with_its_key() {
        String latest = "SELECT name, (SELECT body FROM message m WHERE m.user_id = u.id"
                + " ORDER BY sent DESC NULLS FIRST LIMIT 1) FROM users u";

        assertThat(world.rows(latest)).containsExactly("Ada|y", "Bo|NULL");
    }
}
