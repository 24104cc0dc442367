package everything;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.module.spi.RowStore;
import dev.merapi.api.module.spi.Values;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.codegen.processor.ModuleScenario;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A value of each type, its ends among them, comes back as it was stored. */
public final class RoundTrip implements ModuleScenario {
    private static final BigInteger ONE = BigInteger.ONE;
    private static final Shape CIRCLE = new Shape.Circle(new Point(1, -1, "here"), 2.5);

    @Override
    public void run(ModuleDescriptor<?> descriptor, RowStore store) {
        AllTypesTable values = ((EverythingDescriptor) descriptor).db(store).allTypes();
        for (AllTypes row : List.of(lowest(), highest())) {
            AllTypes stored = values.insert(row);

            assertSame(stored, row);
            assertSame(values.iterate().toList().getLast(), row);
            assertThat(values.delete(row)).isTrue();
            assertThat(values.delete(row)).isFalse();
        }
        roundsToWhatColumnsHold();
        refusesWhatDoesNotFit();
    }

    /** Compares arrays by content, and doubles as the JDK orders them: NaN equals NaN, and 0.0 is not -0.0. */
    private static void assertSame(AllTypes found, AllTypes expected) {
        assertThat(found)
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> a.compareTo(b) == 0, Double.class)
                .isEqualTo(expected);
    }

    private static AllTypes lowest() {
        return new AllTypes(
                false,
                Byte.MIN_VALUE,
                Short.MIN_VALUE,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                (byte) 0,
                (short) 0,
                0,
                0,
                (short) 0,
                0,
                0,
                BigInteger.ZERO,
                ONE.shiftLeft(127).negate(),
                BigInteger.ZERO,
                ONE.shiftLeft(255).negate(),
                BigInteger.ZERO,
                Float.NEGATIVE_INFINITY,
                -0.0,
                "",
                new byte[0],
                new BigDecimal("-0.001"),
                new BigDecimal("-9999999999.99"),
                LocalDate.of(-4000, 1, 1),
                LocalTime.MIN,
                LocalDateTime.of(1, 1, 1, 0, 0),
                Instant.EPOCH.minusNanos(1000),
                Duration.ofNanos(-1000),
                new Interval(-1, 2, -3),
                new UUID(0, 0),
                new Json("null"),
                Identity.ZERO,
                ConnectionId.ZERO,
                State.OPEN,
                new Shape.Nothing(),
                new Point(0, 0, null),
                0,
                null,
                null,
                null,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static AllTypes highest() {
        return new AllTypes(
                true,
                Byte.MAX_VALUE,
                Short.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                (byte) -1,
                (short) -1,
                -1,
                -1,
                (short) 255,
                65_535,
                4_294_967_295L,
                ONE.shiftLeft(64).subtract(ONE),
                ONE.shiftLeft(127).subtract(ONE),
                ONE.shiftLeft(128).subtract(ONE),
                ONE.shiftLeft(255).subtract(ONE),
                ONE.shiftLeft(256).subtract(ONE),
                Float.MIN_VALUE,
                Double.NaN,
                "żółw \uD83D\uDC22",
                new byte[] {0, -1},
                new BigDecimal("1e3").setScale(0),
                new BigDecimal("9999999999.99"),
                LocalDate.of(9999, 12, 31),
                LocalTime.of(23, 59, 59, 999_999_000),
                LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
                Instant.parse("2026-11-21T10:00:00.123456Z"),
                Duration.ofDays(100_000),
                new Interval(12, 30, 1),
                new UUID(-1, 1),
                new Json("{\"a\": 1}"),
                Identity.of("merapi", "ann"),
                ConnectionId.fromHex("0102030405060708090a0b0c0d0e0f10"),
                State.DONE,
                CIRCLE,
                new Point(7, 8, "b"),
                -1,
                true,
                new byte[] {1},
                -1,
                Optional.of(State.BEGUN),
                List.of("a", ""),
                List.of(-1, 0),
                Arrays.asList(CIRCLE, null, new Shape.Named("n")),
                List.of(List.of(), List.of(new Point(1, 2, null))),
                List.of((short) -1));
    }

    private static void roundsToWhatColumnsHold() {
        BsatnWriter out = new BsatnWriter();
        Instant fine = Instant.parse("2026-11-21T10:00:00.123456789Z");

        Values.putInstant(out, fine);
        Values.putDecimal(out, new BigDecimal("1.005"), 12, 2);

        BsatnReader in = new BsatnReader(out.toByteArray());
        assertThat(Values.getInstant(in)).isEqualTo(fine.minusNanos(789));
        assertThat(Values.getDecimal(in)).isEqualTo(new BigDecimal("1.01"));
    }

    private static void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> NoteCodec.put(new BsatnWriter(), new Note(1, null)))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NULL_NOT_ALLOWED))
                .hasMessageContaining("column=text");
        assertThatThrownBy(() -> StateCodec.get(new BsatnReader(new byte[] {3})))
                .hasMessageContaining("tag=3");
        assertThatThrownBy(() -> ShapeCodec.get(new BsatnReader(new byte[] {0, 1})))
                .isInstanceOf(CodedException.class);
    }
}
