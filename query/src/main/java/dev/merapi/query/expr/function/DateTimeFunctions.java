package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.DATE;
import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.INTERVAL;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.api.schema.ScalarType.TIME;
import static dev.merapi.api.schema.ScalarType.TIMESTAMP;
import static dev.merapi.api.schema.ScalarType.TIMESTAMPTZ;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.text.TimeZones;
import dev.merapi.api.value.Interval;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.ScalarFunction.Traits;
import dev.merapi.query.expr.Volatility;
import dev.merapi.query.expr.value.DateField;
import dev.merapi.query.expr.value.DateTimes;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.Intervals;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/**
 * The present, parts of times, truncation, time zones. The clock is the statement's: it stands still while one runs.
 */
final class DateTimeFunctions {
    private static final ColumnType NUMERIC = DecimalType.UNCONSTRAINED;

    private DateTimeFunctions() {}

    static void register(Registrar to) {
        present(to);
        parts(to);
        truncation(to);
        ages(to);
        zones(to);
        overlaps(to);
        finite(to);
        precision(to);
    }

    private static void present(Registrar to) {
        for (String name : new String[] {
            "now", "current_timestamp", "transaction_timestamp", "statement_timestamp", "clock_timestamp"
        }) {
            present(to, name, TIMESTAMPTZ, now -> DateTimes.instant(now));
        }
        present(to, "localtimestamp", TIMESTAMP, now -> now);
        present(to, "current_date", DATE, LocalDateTime::toLocalDate);
        present(to, "current_time", TIME, LocalDateTime::toLocalTime);
        present(to, "localtime", TIME, LocalDateTime::toLocalTime);
    }

    private static void present(Registrar to, String name, ColumnType type, Function<LocalDateTime, Object> of) {
        to.with(Traits.STABLE).add(name, type, List.of(), (context, arguments) -> of.apply(now(context)));
    }

    private static LocalDateTime now(EvalContext context) {
        return DateTimes.local(context.now().truncatedTo(ChronoUnit.MICROS));
    }

    private static void parts(Registrar to) {
        part(to, TIMESTAMP, (DateField field, LocalDateTime time) -> field.of(time, false));
        part(to, TIMESTAMPTZ, (DateField field, Instant time) -> field.of(DateTimes.local(time), true));
        part(to, DATE, (DateField field, LocalDate date) -> field.of(date));
        part(to, TIME, (DateField field, LocalTime time) -> field.of(time));
        part(to, INTERVAL, (DateField field, Interval interval) -> field.of(interval));
    }

    /** What a part of a value of one type is. */
    @FunctionalInterface
    private interface Part<T> {
        BigDecimal of(DateField field, T value);
    }

    private static <T> void part(Registrar to, ColumnType type, Part<T> part) {
        to.add("extract", NUMERIC, TEXT, type, (String field, T value) -> part.of(DateField.of(field), value));
        to.add(
                "date_part",
                F64,
                TEXT,
                type,
                (String field, T value) -> part.of(DateField.of(field), value).doubleValue());
    }

    private static void truncation(Registrar to) {
        to.add(
                "date_trunc",
                TIMESTAMP,
                TEXT,
                TIMESTAMP,
                (String field, LocalDateTime time) -> DateTimes.truncate(DateField.of(field), time));
        to.add(
                "date_trunc",
                TIMESTAMPTZ,
                TEXT,
                TIMESTAMPTZ,
                (String field, Instant time) ->
                        DateTimes.instant(DateTimes.truncate(DateField.of(field), DateTimes.local(time))));
        to.add("date_trunc", TIMESTAMPTZ, TEXT, TIMESTAMPTZ, TEXT, DateTimeFunctions::truncateInZone);
        to.add(
                "date_trunc",
                INTERVAL,
                TEXT,
                INTERVAL,
                (String field, Interval interval) -> DateTimes.truncate(DateField.of(field), interval));
        to.add("date_bin", TIMESTAMP, INTERVAL, TIMESTAMP, TIMESTAMP, DateTimes::bin);
        to.add(
                "date_bin",
                TIMESTAMPTZ,
                INTERVAL,
                TIMESTAMPTZ,
                TIMESTAMPTZ,
                (Interval stride, Instant time, Instant origin) ->
                        DateTimes.instant(DateTimes.bin(stride, DateTimes.local(time), DateTimes.local(origin))));
    }

    private static Instant truncateInZone(String field, Instant time, String zoneName) {
        ZoneId zone = TimeZones.named(zoneName);
        LocalDateTime local = LocalDateTime.ofInstant(time, zone);
        return TimeZones.instant(DateTimes.truncate(DateField.of(field), local), zone);
    }

    private static void ages(Registrar to) {
        to.add("age", INTERVAL, TIMESTAMP, TIMESTAMP, Intervals::age);
        to.add(
                "age",
                INTERVAL,
                TIMESTAMPTZ,
                TIMESTAMPTZ,
                (Instant a, Instant b) -> Intervals.age(DateTimes.local(a), DateTimes.local(b)));
        Registrar stable = to.with(Traits.STRICT.with(Volatility.STABLE));
        stable.add("age", INTERVAL, List.of(TIMESTAMP), age(argument -> (LocalDateTime) argument));
        stable.add("age", INTERVAL, List.of(TIMESTAMPTZ), age(argument -> DateTimes.local((Instant) argument)));
        to.add("justify_hours", INTERVAL, INTERVAL, Intervals::justifyHours);
        to.add("justify_days", INTERVAL, INTERVAL, Intervals::justifyDays);
        to.add("justify_interval", INTERVAL, INTERVAL, Intervals::justify);
    }

    /** The age at the midnight today began with. */
    private static ScalarFunction.Body age(Function<Object, LocalDateTime> local) {
        return (context, arguments) ->
                Intervals.age(now(context).toLocalDate().atStartOfDay(), local.apply(Registrar.argument(arguments, 0)));
    }

    private static void zones(Registrar to) {
        to.add(
                "timezone",
                TIMESTAMP,
                TEXT,
                TIMESTAMPTZ,
                (String zone, Instant time) -> DateTimes.checked(LocalDateTime.ofInstant(time, TimeZones.named(zone))));
        to.add(
                "timezone",
                TIMESTAMPTZ,
                TEXT,
                TIMESTAMP,
                (String zone, LocalDateTime time) -> TimeZones.instant(time, TimeZones.named(zone)));
        to.add(
                "timezone",
                TIMESTAMP,
                INTERVAL,
                TIMESTAMPTZ,
                (Interval zone, Instant time) -> LocalDateTime.ofInstant(time, offset(zone)));
        to.add(
                "timezone",
                TIMESTAMPTZ,
                INTERVAL,
                TIMESTAMP,
                (Interval zone, LocalDateTime time) -> time.toInstant(offset(zone)));
    }

    private static ZoneOffset offset(Interval zone) {
        long seconds = zone.micros() / Intervals.MICROS_PER_SECOND;
        if (zone.months() != 0 || zone.days() != 0 || Math.abs(seconds) > 18 * 3600) {
            throw Errors.argument("interval time zone must be hours and minutes below 18 hours");
        }
        return ZoneOffset.ofTotalSeconds((int) seconds);
    }

    private static void overlaps(Registrar to) {
        Function<Object, LocalDateTime> local = value -> (LocalDateTime) value;
        Function<Object, LocalDateTime> zoned = value -> DateTimes.local((Instant) value);
        Function<Object, LocalDateTime> clock = value -> ((LocalTime) value).atDate(LocalDate.EPOCH);
        overlap(to, TIMESTAMP, local);
        overlap(to, TIMESTAMPTZ, zoned);
        overlap(to, TIME, clock);
    }

    private static void overlap(Registrar to, ColumnType type, Function<Object, LocalDateTime> local) {
        for (boolean firstSpan : new boolean[] {false, true}) {
            for (boolean secondSpan : new boolean[] {false, true}) {
                List<ColumnType> types = List.of(type, firstSpan ? INTERVAL : type, type, secondSpan ? INTERVAL : type);
                to.add("overlaps", BOOL, types, (context, arguments) -> {
                    LocalDateTime a = local.apply(Registrar.argument(arguments, 0));
                    LocalDateTime b = local.apply(Registrar.argument(arguments, 2));
                    return DateTimes.overlap(
                            a,
                            end(a, Registrar.argument(arguments, 1), local),
                            b,
                            end(b, Registrar.argument(arguments, 3), local));
                });
            }
        }
    }

    private static LocalDateTime end(LocalDateTime start, Object given, Function<Object, LocalDateTime> local) {
        return given instanceof Interval interval ? DateTimes.plus(start, interval) : local.apply(given);
    }

    /** What {@code timestamp(3)} does to a value: rounds it to so many digits of a second. */
    private static void precision(Registrar to) {
        String name = "merapi_round_time";
        to.add(name, TIMESTAMP, TIMESTAMP, I32, DateTimes::round);
        to.add(
                name,
                TIMESTAMPTZ,
                TIMESTAMPTZ,
                I32,
                (Instant time, Integer digits) -> DateTimes.instant(DateTimes.round(DateTimes.local(time), digits)));
        to.add(
                name,
                TIME,
                TIME,
                I32,
                (LocalTime time, Integer digits) ->
                        DateTimes.round(time.atDate(LocalDate.EPOCH), digits).toLocalTime());
        to.add(
                name,
                INTERVAL,
                INTERVAL,
                I32,
                (Interval interval, Integer digits) ->
                        new Interval(interval.months(), interval.days(), Intervals.round(interval.micros(), digits)));
    }

    private static void finite(Registrar to) {
        for (ColumnType type : List.of(DATE, TIMESTAMP, TIMESTAMPTZ, INTERVAL)) {
            to.add("isfinite", BOOL, type, (Object value) -> true);
        }
    }
}
