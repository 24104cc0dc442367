package dev.merapi.query.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.SumValue;
import dev.merapi.query.SqlWorld;
import dev.merapi.query.Tables;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SQL does with columns of record and sum types, which only modules create. */
class NestedTypesTest {
    private static final SumType COLOR = SumType.ofNames("color", "RED", "GREEN", "BLUE");
    private static final RecordType POINT = new RecordType(
            "point", List.of(Column.required("x", ScalarType.I32), Column.optional("y", ScalarType.F64)));
    private static final SumType SHAPE = new SumType(
            "shape", List.of(Variant.of("circle", ScalarType.F64), Variant.of("rect", POINT), Variant.of("none")));
    private static final TableSchema THINGS = Tables.table(
            "things",
            List.of("color", "place"),
            Column.required("id", ScalarType.I32),
            Column.required("color", COLOR),
            Column.optional("place", POINT),
            Column.required("shape", SHAPE),
            Column.required("colors", new ArrayType(COLOR, false)),
            Column.required("shapes", new ArrayType(SHAPE)));

    private SqlWorld world;

    @BeforeEach
    void open() {
        world = new SqlWorld().create(THINGS);
        world.run("""
            INSERT INTO things VALUES
                (1, 'RED', '{"x": 1, "y": 2.5}', '{"circle": 1.5}', '{RED,BLUE}', '{none}'),
                (2, 'BLUE', NULL, 'none', '{}', '{NULL,"{\\"circle\\": 0}"}'),
                (3, 'RED', '{"x": 1}', '{"rect": {"x": 7, "y": -0.0}}', '{GREEN}', '{}')
            """);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // enums and names
                "id FROM things WHERE color = 'RED' | 1;3",
                "id FROM things WHERE 'RED' <> color | 2",
                "id FROM things WHERE color IN ('GREEN', 'BLUE') | 2",
                "id FROM things WHERE color::text LIKE 'R%' | 1;3",
                "id FROM things WHERE color = lower('BLUE')::text OR color = upper('blue') | 2",
                "id FROM things WHERE 'RED' = ANY (colors) | 1",
                "id FROM things WHERE color > 'RED' | 2",
                "color, count(*) FROM things GROUP BY color ORDER BY color | RED,2;BLUE,1",
                "min(color), max(color), count(DISTINCT color) FROM things | RED,BLUE,2",
                "DISTINCT color FROM things ORDER BY 1 DESC | BLUE;RED",
                "a.id, b.id FROM things a JOIN things b ON a.color = b.color AND a.id < b.id | 1,3",
                "id FROM things WHERE color IS NOT DISTINCT FROM 'BLUE'::text::text | 2",
                // fields
                "(place).x FROM things ORDER BY id | 1;NULL;1",
                "(things.place).y FROM things WHERE id = 1 | 2.5",
                "((shape).rect).x FROM things ORDER BY id | NULL;NULL;7",
                "id FROM things WHERE (shape).circle > 1 | 1",
                "(place).* FROM things WHERE (place).y IS NOT NULL | 1,2.5",
                "sum((place).x), avg((place).y) FROM things | 2,2.5",
                "variant(shape), variant(color) FROM things ORDER BY id | circle,RED;none,BLUE;rect,RED",
                "(shapes[2]).circle FROM things WHERE id = 2 | 0",
                // comparison and order of whole values
                "id FROM things WHERE place = '{\"y\": 2.5, \"x\": 1}' | 1",
                "id FROM things WHERE shape = '{\"rect\": {\"x\": 7, \"y\": 0.0}}' | 3",
                "id FROM things WHERE shape = 'none' | 2",
                "id FROM things ORDER BY place, id | 1;3;2",
                "id FROM things ORDER BY shape DESC | 2;3;1",
                "id FROM things WHERE place > '{\"x\": 1, \"y\": 9}' | 3",
                "count(*) FROM (SELECT place FROM things UNION SELECT place FROM things) u | 3",
                // other types
                "color::text, place::text, shape::text FROM things WHERE id = 1 "
                        + "| RED,{\"x\": 1, \"y\": 2.5},{\"circle\": 1.5}",
                "to_jsonb(shape), shape::jsonb->'rect'->'x' FROM things WHERE id = 3 "
                        + "| {\"rect\": {\"x\": 7, \"y\": 0}},7",
                "jsonb_agg(color ORDER BY id) FROM things | [\"RED\", \"BLUE\", \"RED\"]",
                "to_jsonb(colors), colors FROM things WHERE id = 1 | [\"RED\", \"BLUE\"],{RED,BLUE}",
                "pg_typeof(place), pg_typeof(shapes) FROM things LIMIT 1 | point,shape[]",
                "coalesce(place, '{\"x\": 0}') FROM things WHERE id = 2 | {\"x\": 0, \"y\": null}",
                "CASE WHEN id = 1 THEN color ELSE 'GREEN' END FROM things WHERE id < 3 | RED;GREEN",
                "array_append(colors, 'GREEN') FROM things WHERE id = 1 | {RED,BLUE,GREEN}",
                "colors FROM things UNION SELECT array_append(colors, 'RED') FROM things WHERE id = 2 ORDER BY 1 "
                        + "| {};{RED};{RED,BLUE};{GREEN}",
                "CASE WHEN id = 1 THEN colors ELSE array_append(colors, 'RED') END FROM things WHERE id < 3 "
                        + "| {RED,BLUE};{RED}",
                "id FROM things WHERE colors = '{RED,BLUE}' OR colors = ARRAY[color, NULL] | 1",
                "a.id, b.id FROM things a JOIN (SELECT id, array_append(colors, NULL) AS c FROM things) b "
                        + "ON a.colors < b.c AND a.id = 3 ORDER BY 2 | 3,2;3,3",
                "colors FROM things WHERE array_append(colors, color) = '{GREEN,RED}' | {GREEN}",
                "cardinality(shapes), unnest(colors) FROM things WHERE id = 1 | 1,RED;1,BLUE",
            })
    void values_made_of_others_are_used_like_any(String select, String expected) {
        assertThat(String.join(
                        ";",
                        world.rows("SELECT " + select).stream()
                                .map(row -> row.replace('|', ','))
                                .toList()))
                .isEqualTo(expected);
    }

    @Test
    void parameters_are_values_or_their_json() {
        String sql = "SELECT id FROM things WHERE color = $1 AND place = $2";
        RecordValue place = RecordValue.of(POINT, 1, 2.5);

        assertThat(world.rows(sql, SumValue.of(COLOR, "RED"), place)).containsExactly("1");
        assertThat(world.rows(sql, "RED", "{\"x\": 1, \"y\": 2.5}")).containsExactly("1");
        assertThat(world.rows(sql, "RED", new Json("{\"x\": 1, \"y\": 2.5}"))).containsExactly("1");
        assertRefused(() -> world.rows(sql, "PURPLE", place), ErrorCode.INVALID_VALUE);
        assertRefused(() -> world.rows(sql, place, place), ErrorCode.WRONG_VALUE_TYPE);
    }

    @Test
    void rows_are_written_from_values_text_and_json() {
        world.run(
                "INSERT INTO things VALUES ($1, $2, $3, $4, $5, $6)",
                4,
                SumValue.of(COLOR, "GREEN"),
                RecordValue.of(POINT, 5, null),
                SumValue.of(SHAPE, "rect", RecordValue.of(POINT, 6, 6.0)),
                List.of(SumValue.of(COLOR, "RED"), "BLUE"),
                "{none}");
        world.run("INSERT INTO things SELECT 5, 'BLUE', jsonb_build_object('x', 9), '{\"circle\": 2}'::jsonb,"
                + " colors, shapes FROM things WHERE id = 4");
        world.run("UPDATE things SET place = '{\"x\": 10}', color = 'RED' WHERE id = 5");

        assertThat(world.rows("SELECT * FROM things WHERE id > 3 ORDER BY id"))
                .containsExactly(
                        "4|GREEN|{\"x\": 5, \"y\": null}|{\"rect\": {\"x\": 6, \"y\": 6}}|{RED,BLUE}|{none}",
                        "5|RED|{\"x\": 10, \"y\": null}|{\"circle\": 2}|{RED,BLUE}|{none}");
    }

    @Test
    void indexes_are_used() {
        assertThat(world.plan("SELECT * FROM things WHERE color = 'RED'")).contains("things_color");
        assertThat(world.plan("SELECT * FROM things WHERE color > 'RED'")).contains("things_color");
        assertThat(world.plan("SELECT * FROM things WHERE place = '{\"x\": 1}'"))
                .contains("things_place");
        assertThat(world.rows("SELECT id FROM things WHERE place = '{\"x\": 1}'"))
                .containsExactly("3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT id FROM things WHERE color = 'PURPLE' | INVALID_VALUE",
                "SELECT id FROM things WHERE color = 1 | UNKNOWN_FUNCTION",
                "SELECT id FROM things WHERE shape = upper('none') | UNKNOWN_FUNCTION",
                "SELECT id FROM things WHERE shape = color | UNKNOWN_FUNCTION",
                "SELECT color + 1 FROM things | UNKNOWN_FUNCTION",
                "SELECT id FROM things WHERE upper(color) = 'RED' | UNKNOWN_FUNCTION",
                "SELECT sum(place) FROM things | UNKNOWN_FUNCTION",
                "SELECT variant(id) FROM things | UNKNOWN_FUNCTION",
                "SELECT (place).z FROM things | UNKNOWN_COLUMN",
                "SELECT (shape).none FROM things | UNKNOWN_COLUMN",
                "SELECT (id).x FROM things | UNSUPPORTED_SQL",
                "SELECT (id).* FROM things | UNSUPPORTED_SQL",
                "SELECT id FROM things WHERE (place).* IS NULL | SYNTAX_ERROR",
                "SELECT color::integer FROM things | CANNOT_CAST",
                "SELECT 1::color | UNKNOWN_TYPE",
                "CREATE TABLE more (c color) | UNKNOWN_TYPE",
                "INSERT INTO things SELECT 9, 'RED', NULL, 'circle', '{}', '{}' | NULL_NOT_ALLOWED",
                "INSERT INTO things SELECT 9, 'RED', '{}', 'none', '{}', '{}' | NULL_NOT_ALLOWED",
                "INSERT INTO things SELECT 9, 'RED', '[1]', 'none', '{}', '{}' | INVALID_VALUE",
                "INSERT INTO things SELECT 9, 'RED', NULL, 'none', '{NULL}', '{}' | NULL_NOT_ALLOWED",
                "UPDATE things SET place = 7 | TYPE_MISMATCH",
            })
    void what_makes_no_sense_is_refused(String sql, ErrorCode code) {
        assertRefused(() -> world.run(sql), code);
    }

    @Test
    void the_catalog_says_what_types_are_made_of() {
        assertThat(world.rows("SELECT column_name, data_type, udt_name FROM information_schema.columns"
                        + " WHERE table_name = 'things' ORDER BY ordinal_position"))
                .containsExactly(
                        "id|integer|int4",
                        "color|USER-DEFINED|color",
                        "place|USER-DEFINED|point",
                        "shape|USER-DEFINED|shape",
                        "colors|ARRAY|_color",
                        "shapes|ARRAY|_shape");
        assertThat(world.rows("SELECT * FROM merapi.types"))
                .containsExactly(
                        "color|sum|1|RED|NULL|f",
                        "color|sum|2|GREEN|NULL|f",
                        "color|sum|3|BLUE|NULL|f",
                        "point|record|1|x|integer|f",
                        "point|record|2|y|double precision|t",
                        "shape|sum|1|circle|double precision|f",
                        "shape|sum|2|rect|point|f",
                        "shape|sum|3|none|NULL|f");
    }

    private static void assertRefused(Runnable action, ErrorCode code) {
        assertThatExceptionOfType(CodedException.class)
                .isThrownBy(action::run)
                .satisfies(e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
    }
}
