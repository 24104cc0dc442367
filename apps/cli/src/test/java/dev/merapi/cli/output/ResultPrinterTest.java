package dev.merapi.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.RowLayout;
import dev.merapi.api.value.SumValue;
import dev.merapi.client.ExecuteResult;
import dev.merapi.client.row.Rows;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultPrinterTest {
    private static final RecordType POINT = new RecordType(
            "point", List.of(Column.required("x", ScalarType.I64), Column.optional("y", ScalarType.I64)));
    private static final SumType SHAPE =
            new SumType("shape", List.of(Variant.of("none"), Variant.of("circle", ScalarType.F64)));
    private static final RowType TYPE = RowType.of(
            Column.required("id", ScalarType.I64),
            Column.optional("body", ScalarType.TEXT),
            Column.required("amount", new DecimalType(10, 2)));
    private static final RowLayout LAYOUT = RowLayout.of(TYPE);
    private static final Rows ROWS = Rows.ofBytes(
            TYPE,
            List.of(
                    LAYOUT.encode(1L, "hello", new BigDecimal("1.50")),
                    LAYOUT.encode(9_007_199_254_740_993L, null, new BigDecimal("10.00")),
                    LAYOUT.encode(3L, "", new BigDecimal("0.00"))),
            "");

    @Test
    void a_table_is_aligned_with_numbers_to_the_right() {
        assertThat(printed(ResultFormat.TABLE, new ExecuteResult("SELECT", 3, ROWS)))
                .isEqualTo("""
                     id               | body  | amount
                    ------------------+-------+--------
                                    1 | hello |   1.50
                     9007199254740993 | NULL  |  10.00
                                    3 |       |   0.00
                    (3 rows)
                    """);
    }

    @Test
    void wide_characters_take_two_columns_and_control_characters_are_shown_not_obeyed() {
        RowType type = RowType.of(Column.required("t", ScalarType.TEXT), Column.required("u", ScalarType.TEXT));
        RowLayout layout = RowLayout.of(type);
        Rows rows = Rows.ofBytes(type, List.of(layout.encode("日本", "x"), layout.encode("a\n\u001b[2J", "y")), "");

        assertThat(TextTable.lines(rows))
                .containsExactly(
                        " t         | u", //
                        "-----------+---",
                        " 日本      | x",
                        " a↵\\x1b[2J | y");
    }

    @Test
    void json_is_one_object_per_row_and_loses_no_digits() {
        assertThat(printed(ResultFormat.JSON, new ExecuteResult("SELECT", 3, ROWS)))
                .isEqualTo("""
                    {"id":1,"body":"hello","amount":"1.50"}
                    {"id":"9007199254740993","body":null,"amount":"10.00"}
                    {"id":3,"body":"","amount":"0.00"}
                    """);
    }

    @Test
    void json_has_a_form_for_every_value() {
        RowType type = RowType.of(
                Column.required("json", ScalarType.JSON),
                Column.required("array", new ArrayType(ScalarType.I32)),
                Column.required("at", ScalarType.TIMESTAMPTZ),
                Column.required("nan", ScalarType.F64),
                Column.required("bytes", ScalarType.BYTES),
                Column.required("place", POINT),
                Column.required("shapes", new ArrayType(SHAPE)));
        byte[] row = RowLayout.of(type)
                .encode(
                        new Json("{\"a\": [1]}"),
                        List.of(1, 2),
                        Instant.parse("2026-01-02T03:04:05Z"),
                        Double.NaN,
                        new byte[] {1, (byte) 255},
                        RecordValue.of(POINT, 9_007_199_254_740_993L, null),
                        List.of(SumValue.of(SHAPE, "none"), SumValue.of(SHAPE, "circle", 1.5)));

        assertThat(printed(ResultFormat.JSON, new ExecuteResult("SELECT", 1, Rows.ofBytes(type, List.of(row), ""))))
                .isEqualTo("""
                    {"json":{"a": [1]},"array":[1,2],"at":"2026-01-02T03:04:05Z","nan":"NaN","bytes":"\\\\x01ff",\
                    "place":{"x":"9007199254740993","y":null},"shapes":["none",{"circle":1.5}]}
                    """);
    }

    @Test
    void csv_tells_null_from_an_empty_text() {
        assertThat(printed(ResultFormat.CSV, new ExecuteResult("SELECT", 3, ROWS)))
                .isEqualTo("""
                    id,body,amount
                    1,hello,1.50
                    9007199254740993,,10.00
                    3,"",0.00
                    """);
    }

    @Test
    void a_statement_without_rows_says_what_it_did() {
        Rows none = Rows.ofBytes(RowType.EMPTY, List.of(), "");

        assertThat(printed(ResultFormat.TABLE, new ExecuteResult("INSERT", 3, none)))
                .isEqualTo("INSERT 3\n");
        assertThat(printed(ResultFormat.TABLE, new ExecuteResult("CREATE TABLE", 0, none)))
                .isEqualTo("CREATE TABLE\n");
        assertThat(printed(ResultFormat.JSON, new ExecuteResult("INSERT", 3, none)))
                .isEqualTo("{\"command\":\"INSERT\",\"rowCount\":3}\n");
        assertThat(printed(ResultFormat.CSV, new ExecuteResult("INSERT", 3, none)))
                .isEmpty();
    }

    private static String printed(ResultFormat format, ExecuteResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ResultPrinter(new PrintStream(bytes, true, StandardCharsets.UTF_8), format).print(result);
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
