package dev.merapi.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.TypedValue;
import dev.merapi.wire.v1.V1Codec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ParametersTest {
    static Stream<Arguments> values() {
        Instant instant = Instant.parse("2026-01-02T03:04:05Z");
        return Stream.of(
                Arguments.of(true, ScalarType.BOOL, true),
                Arguments.of((byte) 1, ScalarType.I16, (short) 1),
                Arguments.of((short) 1, ScalarType.I16, (short) 1),
                Arguments.of(1, ScalarType.I32, 1),
                Arguments.of(1L, ScalarType.I64, 1L),
                Arguments.of(BigInteger.TEN, ScalarType.I64, 10L),
                Arguments.of(BigInteger.TWO.pow(63), ScalarType.I128, BigInteger.TWO.pow(63)),
                Arguments.of(BigInteger.TWO.pow(200), ScalarType.I256, BigInteger.TWO.pow(200)),
                Arguments.of(BigInteger.TWO.pow(255), ScalarType.U256, BigInteger.TWO.pow(255)),
                Arguments.of(1.5f, ScalarType.F32, 1.5f),
                Arguments.of(1.5, ScalarType.F64, 1.5),
                Arguments.of(new BigDecimal("1.50"), DecimalType.UNCONSTRAINED, new BigDecimal("1.50")),
                Arguments.of("x", ScalarType.TEXT, "x"),
                Arguments.of('x', ScalarType.TEXT, "x"),
                Arguments.of(DayOfWeek.MONDAY, ScalarType.TEXT, "MONDAY"),
                Arguments.of(instant, ScalarType.TIMESTAMPTZ, instant),
                Arguments.of(instant.atOffset(ZoneOffset.ofHours(7)), ScalarType.TIMESTAMPTZ, instant),
                Arguments.of(instant.atZone(ZoneOffset.ofHours(7)), ScalarType.TIMESTAMPTZ, instant),
                Arguments.of(
                        LocalDateTime.of(2026, 1, 2, 3, 4), ScalarType.TIMESTAMP, LocalDateTime.of(2026, 1, 2, 3, 4)),
                Arguments.of(LocalDate.of(2026, 1, 2), ScalarType.DATE, LocalDate.of(2026, 1, 2)),
                Arguments.of(LocalTime.NOON, ScalarType.TIME, LocalTime.NOON),
                Arguments.of(new UUID(1, 2), ScalarType.UUID, new UUID(1, 2)),
                Arguments.of(new Json("{ \"bb\":1,\"a\":[ ] }"), ScalarType.JSON, new Json("{\"a\": [], \"bb\": 1}")),
                Arguments.of(Interval.ZERO, ScalarType.INTERVAL, Interval.ZERO),
                Arguments.of(Identity.of("a", "b"), ScalarType.IDENTITY, Identity.of("a", "b")),
                Arguments.of(ConnectionId.ZERO, ScalarType.CONNECTION_ID, ConnectionId.ZERO),
                Arguments.of(List.of(1, 2), new ArrayType(ScalarType.I32), List.of(1, 2)),
                Arguments.of(Set.of("a"), new ArrayType(ScalarType.TEXT), List.of("a")),
                Arguments.of(List.of(), new ArrayType(ScalarType.TEXT), List.of()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_java_value_has_a_sql_type_and_can_be_encoded(Object value, ColumnType type, Object sent) {
        TypedValue typed = Parameters.of(value);

        assertThat(typed).isEqualTo(new TypedValue(type, sent));
        dev.merapi.wire.Statement statement = new dev.merapi.wire.Statement("SELECT $1", List.of(typed));
        byte[] bytes = V1Codec.encode(new ClientMessage.Query(1, statement));
        List<ClientMessage> decoded = new ArrayList<>();
        V1Codec.decodeClient(bytes, 0, bytes.length, decoded::add);
        assertThat(decoded).containsExactly(new ClientMessage.Query(1, statement));
    }

    @Test
    void null_has_no_type() {
        assertThat(Parameters.of((Object) null)).isEqualTo(TypedValue.NULL);
    }

    @Test
    void bytes_are_bytea() {
        assertThat(Parameters.of(new byte[] {1}).type()).isEqualTo(ScalarType.BYTES);
    }

    @Test
    void what_has_no_type_is_refused_by_its_place() {
        assertThatThrownBy(() -> Parameters.of(Arrays.asList(1, Thread.currentThread())))
                .hasMessageContaining("java.lang.Thread")
                .hasMessageContaining("$2");
        assertThatThrownBy(() -> Parameters.of(List.of(List.of(1, "x")))).hasMessageContaining("one type");
        assertThatThrownBy(() -> Parameters.of(List.of(Arrays.asList(1, null)))).hasMessageContaining("NULL");
    }
}
