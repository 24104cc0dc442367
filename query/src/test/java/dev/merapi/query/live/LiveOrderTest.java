package dev.merapi.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.ResultOrder.Part;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.Execution;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.SqlEngine;
import dev.merapi.query.SqlOptions;
import dev.merapi.store.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a live query says of its order, and what it costs. */
class LiveOrderTest {
    private final LiveWorld world = new LiveWorld();

    @BeforeEach
    void create() {
        world.run("CREATE TABLE people (id integer PRIMARY KEY, name text NOT NULL, age integer);"
                + "INSERT INTO people VALUES (1, 'Ada', 36), (2, 'Bob', NULL), (3, 'Cyd', 20), (4, 'Ann', 36)");
    }

    @Test
    void an_order_is_by_columns_of_the_result() {
        assertOrder(
                "SELECT * FROM people ORDER BY age DESC, name", 0, new Part(2, true, true), new Part(1, false, false));
        assertOrder("SELECT name AS n, age FROM people ORDER BY n", 0, new Part(0, false, false));
        assertOrder("SELECT name, age FROM people ORDER BY 2 NULLS FIRST", 0, new Part(1, false, true));
        assertOrder("SELECT DISTINCT age FROM people ORDER BY age DESC NULLS LAST", 0, new Part(0, true, false));
        assertOrder("SELECT id, name FROM people ORDER BY name LIMIT 2", 0, new Part(1, false, false));
        assertOrder("SELECT id FROM people UNION SELECT age FROM people ORDER BY 1", 0, new Part(0, false, false));
        assertOrder("SELECT name FROM (SELECT * FROM people ORDER BY name) p LIMIT 2", 0, new Part(0, false, false));
        assertOrder("SELECT name FROM (SELECT * FROM people ORDER BY name) p", 0, new Part(0, false, false));
    }

    @Test
    void what_is_not_selected_is_hidden_behind_the_rest() {
        assertOrder("SELECT name FROM people ORDER BY age DESC", 1, new Part(1, true, true));
        assertOrder(
                "SELECT name FROM people ORDER BY lower(name), age LIMIT 3",
                2,
                new Part(1, false, false),
                new Part(2, false, false));
        assertOrder("SELECT age FROM people GROUP BY age ORDER BY count(*) DESC", 1, new Part(1, true, true));
        assertOrder(
                "WITH p AS MATERIALIZED (SELECT * FROM people) SELECT a.name FROM p a JOIN p b ON b.id = a.id ORDER BY"
                        + " b.age",
                1,
                new Part(1, false, false));
        assertThat(world.compile("SELECT name FROM people ORDER BY id")
                        .rowType()
                        .columns())
                .extracting(Column::name)
                .containsExactly("name", "$1");
    }

    @Test
    void a_hidden_key_is_no_key() {
        assertThat(world.compile("SELECT id, name FROM people ORDER BY age").shownKeyColumns())
                .containsExactly(0);
        assertThat(world.compile("SELECT name FROM people ORDER BY id").shownKeyColumns())
                .isEmpty();
    }

    @Test
    void nothing_says_where_rows_stand_without_order_by() {
        assertOrder("SELECT * FROM people", 0);
        assertOrder("SELECT * FROM (SELECT * FROM people ORDER BY age) p WHERE id > 1", 0);
    }

    @Test
    void an_order_without_limit_leaves_a_query_over_one_table_what_it_is() {
        LiveQuery query = world.compile("SELECT name FROM people WHERE id > 1 ORDER BY age NULLS FIRST");

        assertThat(query).isInstanceOf(TableQuery.class);
        assertThat(world.rows(query).stream().map(row -> LiveWorld.show(query, row)))
                .containsExactly("('Bob',null)", "('Cyd',20)", "('Ann',36)");
    }

    @Test
    void those_who_differ_in_their_order_alone_share_a_result() {
        LiveQuery up = world.compile("SELECT * FROM people ORDER BY age");
        LiveQuery down = world.compile("SELECT * FROM people ORDER BY name DESC");
        LiveQuery none = world.compile("SELECT * FROM people");

        assertThat(world.attach(up)).isSameAs(world.attach(down)).isSameAs(world.attach(none));
        assertThat(down.order()).isNotEqualTo(up.order());
        String groups = "SELECT age, count(*) AS c FROM people GROUP BY age";
        assertThat(world.attach(world.compile(groups + " ORDER BY c")))
                .isSameAs(world.attach(world.compile(groups + " ORDER BY age DESC")));
    }

    @Test
    void the_last_rows_of_an_order_are_the_first() {
        TableQuery table =
                (TableQuery) world.compile("SELECT name, age FROM people ORDER BY age DESC NULLS LAST, name");
        assertThat(table.lastRows(world.database.snapshot(), 2).stream().map(row -> LiveWorld.show(table, row)))
                .containsExactly("('Ada',36)", "('Ann',36)");

        DerivedQuery derived =
                (DerivedQuery) world.compile("SELECT age, count(*) FROM people GROUP BY age ORDER BY age NULLS FIRST");
        List<byte[]> rows = derived.run(world.database.snapshot(), () -> false);
        assertThat(derived.beginning(rows, OptionalInt.of(2)).stream().map(row -> LiveWorld.show(derived, row)))
                .containsExactly("(null,1)", "(20,1)");
    }

    @Test
    void rows_that_are_put_in_order_are_limited() {
        LiveLimits limits = new LiveLimits(10, 10, 10, 3, 10, 10);
        TableQuery query = (TableQuery) new LiveQueries(limits, 0)
                .compile(
                        world.database.catalog(),
                        new LiveRequest("SELECT * FROM people ORDER BY id", List.of(), SessionInfo.ANONYMOUS));

        assertThatThrownBy(() -> query.rows(world.database.snapshot()))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIVE_LIMIT));
        assertThat(query.lastRows(world.database.snapshot(), 3)).hasSize(3);
    }

    @Test
    void explain_live_shows_the_order() {
        assertExplained("SELECT * FROM people ORDER BY age DESC, name", "Order: age DESC, name");
        assertExplained(
                "SELECT name FROM people ORDER BY lower(name) NULLS FIRST", "Order: lower(name) (hidden) NULLS FIRST");
        assertExplained("SELECT age, count(*) AS c FROM people GROUP BY age ORDER BY c DESC LIMIT 3", "Order: c DESC");
    }

    private void assertExplained(String sql, String line) {
        Snapshot now = world.database.snapshot();
        SqlEngine engine = new SqlEngine(SqlOptions.DEFAULT, new LivePlans());
        List<byte[]> lines = engine.prepare(now.catalog(), SessionInfo.ANONYMOUS, "EXPLAIN LIVE " + sql)
                .run(now, new Execution(SessionInfo.ANONYMOUS, Instant.EPOCH, new Random(1), List.of()))
                .rows();
        RowLayout layout = RowLayout.of(RowType.of(Column.required("plan", ScalarType.TEXT)));

        assertThat(lines).extracting(row -> layout.getText(row, 0)).contains("  " + line);
    }

    private void assertOrder(String sql, int hidden, Part... parts) {
        assertThat(world.compile(sql).order()).as(sql).isEqualTo(new ResultOrder(List.of(parts), hidden));
    }
}
