package dev.merapi.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.query.sql.Shop;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    private static String plan(String sql) {
        return Shop.text(Optimizer.optimise(Shop.query(sql)));
    }

    @Test
    void a_comma_in_from_joins_by_the_conditions_of_where() {
        assertThat(plan("SELECT c.id FROM customer c, pair p, orders o "
                        + "WHERE o.customer_id = c.id AND p.a = o.customer_id AND c.city = 'x'"))
                .isEqualTo("""
                    LogicalProject(id=[$0])
                      LogicalJoin(condition=[=($8, $5)], joinType=[inner])
                        LogicalJoin(condition=[=($5, $0)], joinType=[inner])
                          LogicalFilter(condition=[=($2, 'x'::text())])
                            TableNode(table=[customer], id=[1])
                          TableNode(table=[orders], id=[3])
                        TableNode(table=[pair], id=[5])
                    """);
    }

    @Test
    void exists_over_equal_columns_becomes_a_semi_join() {
        assertThat(plan("SELECT id FROM customer c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)"))
                .contains("joinType=[semi]")
                .doesNotContain("EXISTS");
    }

    @Test
    void not_exists_and_in_with_a_look_at_the_outer_row_become_joins() {
        assertThat(plan("SELECT id FROM customer c WHERE NOT EXISTS "
                        + "(SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.total > c.id)"))
                .contains("joinType=[anti]")
                .doesNotContain("EXISTS");
        assertThat(plan("SELECT id FROM customer c WHERE id IN (SELECT customer_id FROM orders o WHERE o.id > c.id)"))
                .contains("joinType=[semi]")
                .doesNotContain("IN(");
    }

    @Test
    void not_in_over_something_nullable_stays_what_it_is() {
        assertThat(plan("SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM orders)"))
                .contains("NOT(IN($0")
                .doesNotContain("anti");
        assertThat(plan("SELECT id FROM customer WHERE id NOT IN (SELECT a FROM pair)"))
                .contains("joinType=[anti]");
    }

    @Test
    void an_outer_join_whose_nulls_are_filtered_out_is_an_inner_one() {
        assertThat(plan("SELECT 1 FROM customer c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.total > 5"))
                .contains("joinType=[inner]");
        assertThat(plan("SELECT 1 FROM customer c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.total IS NULL"))
                .contains("joinType=[left]");
    }

    @Test
    void a_volatile_condition_stays_where_it_is_written() {
        assertThat(plan("SELECT * FROM (SELECT id, random() AS r FROM customer) x WHERE r < 0.5 AND id = 1"))
                .isEqualTo("""
                    LogicalFilter(condition=[<($1, '0.5'::double precision())])
                      LogicalProject(id=[$0], r=[random()])
                        LogicalFilter(condition=[=($0, 1)])
                          TableNode(table=[customer], id=[1])
                    """);
    }

    @Test
    void a_condition_on_a_grouping_key_is_asked_before_grouping() {
        assertThat(plan("SELECT * FROM (SELECT city, count(*) n FROM customer GROUP BY city) x WHERE city ="
                        + " 'a' AND n > 1"))
                .isEqualTo("""
                    LogicalFilter(condition=[>($1, 1)])
                      LogicalAggregate(group=[{0}], $agg0=[count()])
                        LogicalProject($0=[$2])
                          LogicalFilter(condition=[=($2, 'a'::text())])
                            TableNode(table=[customer], id=[1])
                    """);
    }
}
