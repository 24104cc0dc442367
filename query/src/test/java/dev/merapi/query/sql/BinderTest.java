package dev.merapi.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {
    @Test
    void grouping_puts_keys_first_and_aggregates_behind() {
        String tree = Shop.text(
                Shop.query("SELECT city, count(*) n FROM customer GROUP BY city HAVING count(*) > 1 ORDER BY n DESC"));

        assertThat(tree).isEqualTo("""
            LogicalSort(sort0=[$1], dir0=[DESC])
              LogicalProject(city=[$0], n=[$1])
                LogicalFilter(condition=[>($1, 1)])
                  LogicalAggregate(group=[{0}], $agg0=[count()])
                    LogicalProject($0=[$2])
                      TableNode(table=[customer], id=[1])
            """);
    }

    @Test
    void columns_that_follow_from_the_primary_key_need_not_be_grouped_by() {
        String tree = Shop.text(Shop.query("SELECT c.id, c.name, count(o.id) FROM customer c "
                + "LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id"));

        assertThat(tree).contains("LogicalAggregate(group=[{0, 1}], $agg0=[count($2)])");
    }

    @Test
    void a_lateral_query_becomes_a_correlate() {
        String tree = Shop.text(Shop.query("SELECT * FROM customer c LEFT JOIN LATERAL "
                + "(SELECT total FROM orders o WHERE o.customer_id = c.id LIMIT 1) l ON true"));

        assertThat(tree).contains("LogicalCorrelate(correlation=[$cor0], joinType=[left]", "$cor0.id");
    }

    @Test
    void a_common_table_expression_read_twice_is_computed_once() {
        assertThat(Shop.text(Shop.query("WITH x AS (SELECT id FROM customer) SELECT * FROM x a, x b")))
                .contains("WithNode(workingTable=[0])", "WorkingTableNode(workingTable=[0])");
        assertThat(Shop.text(Shop.query("WITH x AS (SELECT id FROM customer) SELECT * FROM x")))
                .doesNotContain("WithNode");
    }

    @Test
    void parameters_take_their_types_from_where_they_stand() {
        assertThat(Shop.bind("SELECT $1::int + id, name = $2 FROM customer WHERE born > $3 LIMIT $4")
                        .parameterTypes())
                .containsExactly(ScalarType.I32, ScalarType.TEXT, ScalarType.DATE, ScalarType.I64);
        assertThat(Shop.bind("INSERT INTO orders (customer_id, total) VALUES ($1, $2)")
                        .parameterTypes())
                .containsExactly(ScalarType.I32, DecimalType.UNCONSTRAINED);
    }

    @Test
    void an_insert_yields_whole_rows() {
        BoundInsert insert = (BoundInsert) Shop.bind("INSERT INTO orders (customer_id) VALUES (7) RETURNING *");

        assertThat(insert.source().getRowType().getFieldNames()).containsExactly("id", "customer_id", "total", "note");
        assertThat(Shop.text(insert.source())).contains("next_sequence");
        assertThat(insert.returning()).isNotNull();
    }

    @Test
    void output_columns_are_called_as_in_postgresql() {
        BoundQuery query = (BoundQuery)
                Shop.bind("SELECT 1, name, count(*), upper(name), 1::int, CASE WHEN true THEN 1 END, name::varchar(3),"
                        + " coalesce(city, ''), EXISTS (SELECT 1) FROM customer GROUP BY name, city");

        assertThat(query.rowType().columns().stream().map(Column::name))
                .containsExactly("?column?", "name", "count", "upper", "int4", "case", "name", "coalesce", "exists");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT nme FROM customer                              | UNKNOWN_COLUMN           | 8",
                "SELECT c.nme FROM customer c                          | UNKNOWN_COLUMN           | 8",
                "SELECT * FROM custmer                                 | UNKNOWN_TABLE            | 15",
                "SELECT x.id FROM customer c                           | UNKNOWN_TABLE            | 8",
                "SELECT id FROM customer, orders                       | AMBIGUOUS_COLUMN         | 8",
                "SELECT 1 FROM customer, customer                      | DUPLICATE_ALIAS          | 25",
                "SELECT uper(name) FROM customer                       | UNKNOWN_FUNCTION         | 8",
                "SELECT name + id FROM customer                        | UNKNOWN_FUNCTION         | 13",
                "SELECT city, count(*) FROM customer                   | GROUPING_ERROR           | 8",
                "SELECT 1 FROM customer WHERE count(*) > 1             | GROUPING_ERROR           | 30",
                "SELECT 1 FROM customer WHERE row_number() OVER () = 1 | WINDOW_ERROR             | 30",
                "SELECT 1 FROM customer WHERE id                       | TYPE_MISMATCH            | 30",
                "SELECT CASE WHEN true THEN 1 ELSE now() END           | TYPE_MISMATCH            | 35",
                "SELECT 'x'::int                                       | INVALID_VALUE            | 8",
                "SELECT 1 UNION SELECT 1, 2                            | SYNTAX_ERROR             | 10",
                "SELECT name FROM customer ORDER BY 2                  | INVALID_COLUMN_REFERENCE | 36",
                "SELECT DISTINCT name FROM customer ORDER BY city      | INVALID_COLUMN_REFERENCE | 45",
                "SELECT $1 IS NULL                                     | INDETERMINATE_TYPE       | 8",
                "UPDATE customer SET nme = 1                           | UNKNOWN_COLUMN           | 21",
                "UPDATE customer SET born = 1                          | TYPE_MISMATCH            | 28",
                "INSERT INTO pair VALUES (1, 'x', 2)                   | SYNTAX_ERROR             | 26",
                "INSERT INTO pair VALUES (1, 'x') ON CONFLICT (b) DO NOTHING | INVALID_COLUMN_REFERENCE | 46",
                "SELECT now()::nonsense                                | UNKNOWN_TYPE             | 15",
            })
    void an_error_has_a_code_and_a_place(String sql, ErrorCode code, int position) {
        CodedException error = catchThrowableOfType(CodedException.class, () -> Shop.bind(sql.strip()));

        assertThat(error).as(sql).isNotNull();
        assertThat(error.code()).as(error.toString()).isEqualTo(code);
        assertThat(error.position()).as(error.toString()).hasValue(position);
    }

    @Test
    void a_misspelt_name_is_answered_with_the_one_meant() {
        CodedException error = catchThrowableOfType(CodedException.class, () -> Shop.bind("SELECT nmae FROM customer"));

        assertThat(error.hint()).isEqualTo("did you mean name?");
    }

    @Test
    void recursion_that_would_lose_rows_is_refused() {
        CodedException error = catchThrowableOfType(
                CodedException.class,
                () -> Shop.bind("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT max(n) FROM r) SELECT * FROM r"));

        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_RECURSION);
    }
}
