package dev.merapi.client.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.SumValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class RowTest {
    private static final RowType TYPE = RowType.of(
            Column.required("id", ScalarType.I32),
            Column.optional("name", ScalarType.TEXT),
            Column.required("amount", new DecimalType(10, 2)),
            Column.required("big", ScalarType.U64),
            Column.required("at", ScalarType.TIMESTAMP));
    private static final Columns COLUMNS = Columns.of(TYPE);

    private final Row row = row(7, "ann", "12.00", BigInteger.TEN);

    @Test
    void columns_are_read_by_name_and_by_index() {
        assertThat(row.getInt("id")).isEqualTo(row.getInt(0)).isEqualTo(7);
        assertThat(row.getString("name")).isEqualTo(row.getString(1)).isEqualTo("ann");
        assertThat(row.getBigDecimal("amount")).isEqualTo(row.getBigDecimal(2)).isEqualTo(new BigDecimal("12.00"));
        assertThat(row.getBigInteger("big")).isEqualTo(row.getBigInteger(3)).isEqualTo(BigInteger.TEN);
        assertThat(row.getLocalDateTime("at")).isEqualTo(LocalDateTime.of(2026, 1, 2, 3, 4));
        assertThat(row.get("name")).isEqualTo("ann");
    }

    @Test
    void numbers_are_widened_when_nothing_is_lost() {
        assertThat(row.getLong("id")).isEqualTo(7);
        assertThat(row.getDouble("id")).isEqualTo(7.0);
        assertThat(row.getDouble("amount")).isEqualTo(12.0);
        assertThat(row.getLong("amount")).isEqualTo(12);
        assertThat(row.getLong("big")).isEqualTo(10);
        assertThat(row.getBigDecimal("id")).isEqualTo(BigDecimal.valueOf(7));
    }

    @Test
    void records_and_sums_are_taken_apart() {
        RecordType place = new RecordType(
                "place", List.of(Column.required("x", ScalarType.I32), Column.optional("label", ScalarType.TEXT)));
        SumType shape = new SumType("shape", List.of(SumType.Variant.of("none"), SumType.Variant.of("at", place)));
        Columns columns = Columns.of(RowType.of(Column.optional("place", place), Column.required("shape", shape)));
        RecordValue there = RecordValue.of(place, 7, null);
        Row full = columns.row(columns.layout().encode(there, SumValue.of(shape, "at", there)));
        Row empty = columns.row(columns.layout().encode(null, SumValue.of(shape, "none")));

        assertThat(Objects.requireNonNull(full.getRow("place")).getInt("x")).isEqualTo(7);
        assertThat(Objects.requireNonNull(full.getRow(0)).getString("label")).isNull();
        assertThat(full.getString("place")).isEqualTo("{\"x\": 7, \"label\": null}");
        assertThat(Objects.requireNonNull(full.getSum("shape")).payload()).isEqualTo(there);
        assertThat(empty.getRow("place")).isNull();
        assertThat(empty.getString("shape")).isEqualTo("none");
        assertThatThrownBy(() -> full.getRow("shape")).hasMessageContaining("wanted=Row");
        assertThatThrownBy(() -> full.getSum("place")).hasMessageContaining("wanted=SumValue");
    }

    @Test
    void everything_has_a_text() {
        assertThat(row.getString("id")).isEqualTo("7");
        assertThat(row.getString("amount")).isEqualTo("12.00");
        assertThat(row.getString("at")).isEqualTo("2026-01-02 03:04:00");
    }

    @Test
    void a_timestamp_without_zone_is_read_as_utc() {
        assertThat(row.getInstant("at")).isEqualTo(Instant.parse("2026-01-02T03:04:00Z"));
    }

    @Test
    void numbers_that_do_not_fit_are_refused() {
        Row large = row(7, "ann", "12.50", BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));

        assertCode(ErrorCode.VALUE_OUT_OF_RANGE, large, r -> r.getLong("amount"));
        assertCode(ErrorCode.VALUE_OUT_OF_RANGE, large, r -> r.getLong("big"));
        assertCode(ErrorCode.VALUE_OUT_OF_RANGE, large, r -> r.getInt("big"));
        assertThat(large.getBigInteger("big")).isEqualTo("18446744073709551615");
    }

    @Test
    void null_is_null_but_not_for_primitives() {
        Row nameless = row(7, null, "1.00", BigInteger.ONE);

        assertThat(nameless.isNull("name")).isTrue();
        assertThat(nameless.getString("name")).isNull();
        assertThat(nameless.get(1)).isNull();
        assertCode(ErrorCode.NULL_NOT_ALLOWED, nameless, r -> r.getLong("name"));
    }

    @Test
    void wrong_types_and_unknown_columns_say_what_there_is() {
        assertCode(ErrorCode.WRONG_VALUE_TYPE, row, r -> r.getLong("name"));
        assertCode(ErrorCode.WRONG_VALUE_TYPE, row, r -> r.getBoolean("id"));
        assertCode(ErrorCode.WRONG_VALUE_TYPE, row, r -> r.getUuid("name"));
        assertCode(ErrorCode.UNKNOWN_COLUMN, row, r -> r.getLong("Id"));
        assertCode(ErrorCode.UNKNOWN_COLUMN, row, r -> r.getLong(5));
        assertCode(ErrorCode.UNKNOWN_COLUMN, row, r -> r.getLong(-1));
        assertThatThrownBy(() -> row.getLong("nme")).hasMessageContaining("[id, name, amount, big, at]");
    }

    @Test
    void a_map_keeps_the_order_of_the_columns() {
        assertThat(row.asMap())
                .containsExactly(
                        Map.entry("id", 7),
                        Map.entry("name", "ann"),
                        Map.entry("amount", new BigDecimal("12.00")),
                        Map.entry("big", BigInteger.TEN),
                        Map.entry("at", LocalDateTime.of(2026, 1, 2, 3, 4)));
    }

    @Test
    void rows_are_equal_by_columns_and_values() {
        assertThat(row)
                .isEqualTo(row(7, "ann", "12.00", BigInteger.TEN))
                .hasSameHashCodeAs(row(7, "ann", "12.00", BigInteger.TEN));
        assertThat(row).isNotEqualTo(row(8, "ann", "12.00", BigInteger.TEN));
    }

    @Test
    void bytes_that_are_no_row_are_refused() {
        assertThatThrownBy(() -> Rows.ofBytes(TYPE, List.of(new byte[] {1, 2, 3}), ""))
                .isInstanceOf(CodedException.class);
    }

    private static Row row(int id, String name, String amount, BigInteger big) {
        return COLUMNS.row(
                COLUMNS.layout().encode(id, name, new BigDecimal(amount), big, LocalDateTime.of(2026, 1, 2, 3, 4)));
    }

    private static void assertCode(ErrorCode code, Row row, Function<Row, ?> reading) {
        assertThatThrownBy(() -> reading.apply(row))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
