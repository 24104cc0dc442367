package dev.merapi.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.query.SqlWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Identities and ids of connections in SQL: PostgreSQL has neither, so what they do is said here. */
class IdentityTypeTest {
    private static final String ANN = Identity.of("merapi", "ann").toHex();
    private static final String BOB = Identity.of("merapi", "bob").toHex();
    private static final String LINE = "0102030405060708090a0b0c0d0e0f10";

    private static final String USERS = """
        CREATE TABLE users (who identity PRIMARY KEY, name text, line connection_id UNIQUE);
        CREATE INDEX users_line ON users USING btree (line, who);
        INSERT INTO users VALUES ('%s', 'ann', '%s'), (X'%s', 'bob', NULL), (0x07, 'seven', 0xff)
        """.formatted(ANN, LINE, BOB);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who = '%s'",
                "who = '0x%s'",
                "who = 0x%s",
                "who = X'%s'",
                "who IN (X'%s')",
                "who = ANY (ARRAY['%s'::identity])",
                "who::text = '%s'",
                "encode(who::bytea, 'hex') = '%s'",
                "who::u256 = 0x%s",
                "to_jsonb(who) = '\"%s\"'",
                "who BETWEEN X'%1$s' AND '%1$s'",
                "(who, name) = ('%s', 'ann')",
            })
    void each_way_to_write_an_identity_finds_its_row(String condition) {
        try (SqlWorld world = new SqlWorld(USERS)) {
            assertThat(world.rows("SELECT name, line FROM users WHERE " + condition.formatted(ANN)))
                    .containsExactly("ann|" + LINE);
        }
    }

    @Test
    void a_connection_id_is_written_and_found_alike() {
        try (SqlWorld world = new SqlWorld(USERS)) {
            assertThat(world.rows("SELECT name FROM users WHERE line = X'" + LINE + "'"))
                    .containsExactly("ann");
            assertThat(world.rows("SELECT name, line::u128 FROM users WHERE line = 255"))
                    .containsExactly("seven|255");
            assertThat(world.rows("SELECT name FROM users WHERE line = $1", ConnectionId.fromHex(LINE)))
                    .containsExactly("ann");
        }
    }

    @Test
    void parameters_are_identities_or_their_text() {
        try (SqlWorld world = new SqlWorld(USERS)) {
            String sql = "SELECT name FROM users WHERE who = $1";

            assertThat(world.rows(sql, Identity.fromHex(BOB))).containsExactly("bob");
            assertThat(world.rows(sql, "0x" + BOB)).containsExactly("bob");
            assertRefused(() -> world.rows(sql, "bob"), ErrorCode.INVALID_VALUE);
            assertRefused(() -> world.rows(sql, 7L), ErrorCode.WRONG_VALUE_TYPE);
        }
    }

    @Test
    void a_key_of_identities_is_looked_up_and_read_in_order() {
        try (SqlWorld world = new SqlWorld(USERS)) {
            assertThat(world.plan("SELECT * FROM users WHERE who = '" + ANN + "'"))
                    .contains("users_pkey");
            assertThat(world.plan("SELECT * FROM users WHERE who = X'" + ANN + "'"))
                    .contains("users_pkey");
            assertThat(world.rows("SELECT name FROM users WHERE who < '" + "c2" + "00".repeat(31) + "'"))
                    .containsExactly("seven");
            assertThat(world.rows("SELECT min(who)::u256, count(DISTINCT who), max(line) FROM users"))
                    .containsExactly("7|3|" + LINE);
            assertThat(world.rows("SELECT name FROM users ORDER BY line NULLS FIRST"))
                    .containsExactly("bob", "seven", "ann");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1.5::identity | VALUE_OUT_OF_RANGE",
                "SELECT (-1)::connection_id | VALUE_OUT_OF_RANGE",
                "SELECT 0x1ffffffffffffffffffffffffffffffff::connection_id | VALUE_OUT_OF_RANGE",
                "SELECT X'ff'::identity | INVALID_VALUE",
                "SELECT 'ann'::identity | INVALID_VALUE",
                "SELECT X'f' | INVALID_ARGUMENT",
                "SELECT B'101' | UNSUPPORTED_SQL",
                "SELECT '00'::bytea::identity = 1.5::float8 | UNKNOWN_FUNCTION",
                "SELECT who = line FROM users | UNKNOWN_FUNCTION",
                "SELECT who + 1 FROM users | UNKNOWN_FUNCTION",
                "SELECT who::integer FROM users WHERE name = 'ann' | VALUE_OUT_OF_RANGE",
                "SELECT who::date FROM users | CANNOT_CAST",
            })
    void what_is_none_is_refused(String sql, ErrorCode code) {
        try (SqlWorld world = new SqlWorld(USERS)) {
            assertRefused(() -> world.rows(sql), code);
        }
    }

    @Test
    void the_catalog_names_the_types() {
        try (SqlWorld world = new SqlWorld(USERS)) {
            assertThat(world.rows("SELECT column_name, data_type, udt_name FROM information_schema.columns"
                            + " WHERE table_name = 'users' AND column_name <> 'name' ORDER BY 1"))
                    .containsExactly("line|connection_id|connection_id", "who|identity|identity");
            assertThat(world.rows("SELECT pg_typeof(who), pg_typeof(ARRAY[line]) FROM users LIMIT 1"))
                    .containsExactly("identity|connection_id[]");
        }
    }

    private static void assertRefused(Runnable action, ErrorCode code) {
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(action::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
