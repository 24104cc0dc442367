package dev.merapi.client.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.SumValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecordMapperTest {
    enum Status {
        AUTOMATIC,
        REVIEWED
    }

    record Everything(
            boolean flag,
            byte tiny,
            short small,
            int plain,
            long large,
            float single,
            double twofold,
            String text,
            BigDecimal decimal,
            BigInteger huge,
            Instant instant,
            LocalDate date,
            LocalTime time,
            LocalDateTime local,
            UUID uuid,
            Json json,
            Interval interval,
            Identity identity,
            ConnectionId connection,
            byte[] bytes,
            List<Integer> array,
            Status status) {}

    record Boxed(Boolean flag, Long large, Integer plain, Double twofold, String text, Status status) {}

    record Quake(String id, double magnitude, String magnitudeType) {}

    record Positive(long id) {
        Positive {
            if (id <= 0) {
                throw new IllegalArgumentException("id must be positive");
            }
        }
    }

    record Nothing() {}

    private static final Object[] VALUES = {
        true,
        (byte) 1,
        (short) 2,
        3,
        4L,
        5.5f,
        6.5,
        "seven",
        new BigDecimal("8.80"),
        BigInteger.TWO.pow(100),
        Instant.parse("2026-01-02T03:04:05.000006Z"),
        LocalDate.of(2026, 1, 2),
        LocalTime.of(3, 4, 5),
        LocalDateTime.of(2026, 1, 2, 3, 4, 5),
        UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
        new Json("{\"a\": 1}"),
        new Interval(1, 2, 3),
        Identity.of("merapi", "ann"),
        ConnectionId.fromHex("0102030405060708090a0b0c0d0e0f10"),
        new byte[] {1, 2},
        List.of(1, 2, 3),
        "REVIEWED"
    };

    private static final RowType EVERY_TYPE = RowType.of(
            Column.required("flag", ScalarType.BOOL),
            Column.required("tiny", ScalarType.I8),
            Column.required("small", ScalarType.I16),
            Column.required("plain", ScalarType.I32),
            Column.required("large", ScalarType.I64),
            Column.required("single", ScalarType.F32),
            Column.required("twofold", ScalarType.F64),
            Column.required("text", ScalarType.TEXT),
            Column.required("decimal", new DecimalType(10, 2)),
            Column.required("huge", ScalarType.U128),
            Column.required("instant", ScalarType.TIMESTAMPTZ),
            Column.required("date", ScalarType.DATE),
            Column.required("time", ScalarType.TIME),
            Column.required("local", ScalarType.TIMESTAMP),
            Column.required("uuid", ScalarType.UUID),
            Column.required("json", ScalarType.JSON),
            Column.required("interval", ScalarType.INTERVAL),
            Column.required("identity", ScalarType.IDENTITY),
            Column.required("connection", ScalarType.CONNECTION_ID),
            Column.required("bytes", ScalarType.BYTES),
            Column.required("array", new ArrayType(ScalarType.I32)),
            Column.required("status", ScalarType.TEXT));

    @Test
    void every_type_reaches_its_component() {
        Everything mapped = row(EVERY_TYPE, VALUES).as(Everything.class);

        assertThat(mapped.bytes()).containsExactly(1, 2);
        assertThat(mapped)
                .usingRecursiveComparison()
                .isEqualTo(new Everything(
                        true,
                        (byte) 1,
                        (short) 2,
                        3,
                        4,
                        5.5f,
                        6.5,
                        "seven",
                        new BigDecimal("8.80"),
                        BigInteger.TWO.pow(100),
                        Instant.parse("2026-01-02T03:04:05.000006Z"),
                        LocalDate.of(2026, 1, 2),
                        LocalTime.of(3, 4, 5),
                        LocalDateTime.of(2026, 1, 2, 3, 4, 5),
                        UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                        new Json("{\"a\": 1}"),
                        new Interval(1, 2, 3),
                        Identity.of("merapi", "ann"),
                        ConnectionId.fromHex("0102030405060708090a0b0c0d0e0f10"),
                        new byte[] {1, 2},
                        List.of(1, 2, 3),
                        Status.REVIEWED));
    }

    record Place(int x, @Nullable String label) {}

    enum Color {
        RED,
        BLUE
    }

    record Thing(long id, @Nullable Place place, Color color, RecordValue raw, SumValue shape) {}

    @Test
    void records_inside_and_enums_become_the_records_and_enums_of_the_application() {
        RecordType place = new RecordType(
                "place", List.of(Column.required("x", ScalarType.I32), Column.optional("label", ScalarType.TEXT)));
        SumType color = SumType.ofNames("color", "RED", "BLUE");
        RowType rowType = RowType.of(
                Column.required("id", ScalarType.I64),
                Column.optional("place", place),
                Column.required("color", color),
                Column.required("raw", place),
                Column.required("shape", color));
        RecordValue there = RecordValue.of(place, 7, "seven");
        SumValue blue = SumValue.of(color, "BLUE");

        assertThat(row(rowType, 1L, there, blue, there, blue).as(Thing.class))
                .isEqualTo(new Thing(1, new Place(7, "seven"), Color.BLUE, there, blue));
        assertThat(row(rowType, 1L, null, blue, there, blue).as(Thing.class))
                .isEqualTo(new Thing(1, null, Color.BLUE, there, blue));
    }

    @Test
    void null_becomes_null() {
        RowType rowType = RowType.of(
                Column.optional("flag", ScalarType.BOOL),
                Column.optional("large", ScalarType.I64),
                Column.optional("plain", ScalarType.I32),
                Column.optional("twofold", ScalarType.F64),
                Column.optional("text", ScalarType.TEXT),
                Column.optional("status", ScalarType.TEXT));

        Boxed mapped = row(rowType, null, null, null, null, null, null).as(Boxed.class);

        assertThat(mapped).isEqualTo(new Boxed(null, null, null, null, null, null));
    }

    @Test
    void names_are_matched_across_the_two_ways_of_writing_and_columns_may_be_left_over() {
        RowType rowType = RowType.of(
                Column.required("magnitude_type", ScalarType.TEXT),
                Column.required("id", ScalarType.TEXT),
                Column.required("depth", ScalarType.F64),
                Column.required("magnitude", ScalarType.F64));

        assertThat(row(rowType, "ml", "uw1", 3.5, 0.31).as(Quake.class)).isEqualTo(new Quake("uw1", 0.31, "ml"));
    }

    @Test
    void many_rows_share_one_mapper() {
        RowType rowType = RowType.of(Column.required("id", ScalarType.I64));
        Columns columns = Columns.of(rowType);
        Rows rows = Rows.ofBytes(
                rowType, List.of(columns.layout().encode(1L), columns.layout().encode(2L)), "");

        assertThat(rows.as(Positive.class)).containsExactly(new Positive(1), new Positive(2));
        assertThat(RecordMapper.of(Positive.class, columns))
                .isSameAs(RecordMapper.of(Positive.class, Columns.of(rowType)));
    }

    @Test
    void a_record_without_components_maps_from_anything() {
        assertThat(row(RowType.of(Column.required("id", ScalarType.I64)), 1L).as(Nothing.class))
                .isEqualTo(new Nothing());
    }

    @Test
    void a_component_without_a_column_is_named() {
        RowType rowType = RowType.of(Column.required("id", ScalarType.TEXT), Column.required("mag", ScalarType.F64));

        assertThatThrownBy(() -> row(rowType, "x", 1.0).as(Quake.class))
                .asInstanceOf(type(CodedException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_MAPPING))
                .satisfies(e -> assertThat(e.context())
                        .containsEntry("component", "magnitude")
                        .containsEntry("columns", "[id, mag]"));
    }

    @Test
    void a_column_of_the_wrong_type_is_named() {
        RowType rowType = RowType.of(Column.required("id", ScalarType.TEXT));

        assertThatThrownBy(() -> row(rowType, "x").as(Positive.class))
                .asInstanceOf(type(CodedException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_MAPPING))
                .satisfies(e -> assertThat(e.context())
                        .containsEntry("component", "id")
                        .containsEntry("componentType", "long")
                        .containsEntry("columnType", "text"));
    }

    @Test
    void two_columns_for_one_component_are_refused() {
        RowType rowType = RowType.of(
                Column.required("id", ScalarType.TEXT),
                Column.required("magnitude", ScalarType.F64),
                Column.required("magnitude_type", ScalarType.TEXT),
                Column.required("magnitudetype", ScalarType.TEXT));

        assertThatThrownBy(() -> row(rowType, "x", 1.0, "a", "b").as(Quake.class))
                .hasMessageContaining("several columns match a component");
    }

    @Test
    void null_for_a_primitive_names_the_column() {
        RowType rowType = RowType.of(Column.optional("id", ScalarType.I64));

        assertThatThrownBy(() -> row(rowType, (Object) null).as(Positive.class))
                .asInstanceOf(type(CodedException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NULL_NOT_ALLOWED))
                .satisfies(e -> assertThat(e.context()).containsEntry("column", "id"));
    }

    @Test
    void what_the_constructor_throws_is_the_cause() {
        RowType rowType = RowType.of(Column.required("id", ScalarType.I64));

        assertThatThrownBy(() -> row(rowType, -1L).as(Positive.class))
                .asInstanceOf(type(CodedException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_MAPPING))
                .satisfies(e -> assertThat(e.getCause()).hasMessage("id must be positive"));
    }

    @Test
    void an_unknown_enum_constant_is_named() {
        RowType rowType = RowType.of(
                Column.optional("flag", ScalarType.BOOL),
                Column.optional("large", ScalarType.I64),
                Column.optional("plain", ScalarType.I32),
                Column.optional("twofold", ScalarType.F64),
                Column.optional("text", ScalarType.TEXT),
                Column.optional("status", ScalarType.TEXT));

        assertThatThrownBy(() ->
                        row(rowType, null, null, null, null, null, "deleted").as(Boxed.class))
                .hasMessageContaining("deleted");
    }

    private static Row row(RowType rowType, Object... values) {
        Columns columns = Columns.of(rowType);
        return columns.row(columns.layout().encode(Arrays.copyOf(values, values.length)));
    }
}
