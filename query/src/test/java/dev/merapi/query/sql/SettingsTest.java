package dev.merapi.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.SqlWorld;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tools of PostgreSQL set what they need; what is not done is not promised. */
class SettingsTest {
    private final SqlWorld world = new SqlWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void what_is_so_anyway_can_be_set() {
        for (String sql : List.of(
                "SET search_path = public",
                "SET search_path TO \"$user\", public",
                "SET search_path TO DEFAULT",
                "SET TIME ZONE 'UTC'",
                "SET statement_timeout = 0",
                "SET application_name = 'a tool'",
                "SET SESSION datestyle TO iso, mdy",
                "RESET ALL")) {
            world.run(sql);
        }

        assertThat(world.rows("SHOW search_path")).containsExactly("public");
        assertThat(world.rows("SHOW timezone")).containsExactly("UTC");
    }

    @Test
    void what_would_change_a_result_is_refused_with_the_way_out() {
        refused("SET search_path = shop", "schema.table");
        refused("SET search_path = public, shop", "schema.table");
        refused("SET TIME ZONE 'Europe/Berlin'", "AT TIME ZONE");
        refused("SET statement_timeout = '5s'", "statement-millis");
        refused("SET datestyle = german", "to_char");
        refused("SET standard_conforming_strings = off", "E'…'");
    }

    private void refused(String sql, String hint) {
        assertThatExceptionOfType(CodedException.class)
                .as(sql)
                .isThrownBy(() -> world.run(sql))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_SQL);
                    assertThat(e.hint()).contains(hint);
                });
    }
}
