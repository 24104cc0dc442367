package dev.merapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TableSqlTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "orders,             '\"orders\"'",
                "Orders,             '\"orders\"'",
                "shop.orders_2,      '\"shop\".\"orders_2\"'",
                "order,              '\"order\"'",
                "'\"Orders\"',       '\"Orders\"'",
                "'shop.\"a \"\"b\"\".c\"', '\"shop\".\"a \"\"b\"\".c\"'",
            })
    void names_are_quoted_after_folding_as_sql_does(String name, String expected) {
        assertThat(TableSql.tableName(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "orders; DROP TABLE orders",
                "orders--",
                "a.b.c",
                "a..b",
                ".a",
                "a.",
                "1a",
                "\"a",
                "a\"b\"",
                "\"\"",
                "a b",
                "órdenes",
                "(SELECT 1)"
            })
    void anything_else_is_refused(String name) {
        assertThatThrownBy(() -> TableSql.selectAll(name))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_TABLE_NAME));
    }

    @Test
    void column_names_cannot_leave_their_quotes() {
        assertThat(TableSql.insert("t", Map.of("a\", b) --", 1)).sql())
                .isEqualTo("INSERT INTO \"t\" (\"a\"\", b) --\") VALUES ($1)");
    }

    @Test
    void a_null_in_a_key_is_refused_because_it_matches_nothing() {
        Map<String, Object> key = new HashMap<>();
        key.put("id", null);

        assertThatThrownBy(() -> TableSql.delete("t", key)).hasMessageContaining("column=id");
        assertThatThrownBy(() -> TableSql.update("t", key, Map.of("a", 1))).hasMessageContaining("column=id");
    }

    @Test
    void a_statement_without_columns_is_refused() {
        assertThatThrownBy(() -> TableSql.insert("t", Map.of())).isInstanceOf(CodedException.class);
        assertThatThrownBy(() -> TableSql.delete("t", Map.of())).isInstanceOf(CodedException.class);
        assertThatThrownBy(() -> TableSql.update("t", Map.of("id", 1), Map.of()))
                .isInstanceOf(CodedException.class);
    }
}
