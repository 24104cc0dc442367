package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.DATE;
import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.INTERVAL;
import static dev.merapi.api.schema.ScalarType.TIME;
import static dev.merapi.api.schema.ScalarType.TIMESTAMP;
import static dev.merapi.api.schema.ScalarType.TIMESTAMPTZ;

import dev.merapi.api.value.Interval;
import dev.merapi.query.expr.value.DateTimes;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.Intervals;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** {@code + - * /} with dates, times and intervals. */
final class DateTimeOperators {
    private DateTimeOperators() {}

    static void register(Registrar to) {
        dates(to);
        times(to);
        timestamps(to);
        intervals(to);
    }

    private static void dates(Registrar to) {
        to.operator("+", DATE, DATE, I32, (LocalDate date, Integer days) -> DateTimes.plusDays(date, days));
        to.operator("+", DATE, I32, DATE, (Integer days, LocalDate date) -> DateTimes.plusDays(date, days));
        to.operator("-", DATE, DATE, I32, (LocalDate date, Integer days) -> DateTimes.plusDays(date, -(long) days));
        to.operator("-", I32, DATE, DATE, (LocalDate a, LocalDate b) -> days(a.toEpochDay() - b.toEpochDay()));
        to.operator(
                "+",
                TIMESTAMP,
                DATE,
                INTERVAL,
                (LocalDate date, Interval interval) -> DateTimes.plus(date.atStartOfDay(), interval));
        to.operator(
                "+",
                TIMESTAMP,
                INTERVAL,
                DATE,
                (Interval interval, LocalDate date) -> DateTimes.plus(date.atStartOfDay(), interval));
        to.operator(
                "-",
                TIMESTAMP,
                DATE,
                INTERVAL,
                (LocalDate date, Interval interval) -> DateTimes.minus(date.atStartOfDay(), interval));
        to.operator("+", TIMESTAMP, DATE, TIME, (LocalDate date, LocalTime time) -> date.atTime(time));
        to.operator("+", TIMESTAMP, TIME, DATE, (LocalTime time, LocalDate date) -> date.atTime(time));
    }

    private static Integer days(long count) {
        if (count != (int) count) {
            throw Errors.outOfRange("integer");
        }
        return (int) count;
    }

    private static void times(Registrar to) {
        to.operator("+", TIME, TIME, INTERVAL, (LocalTime time, Interval span) -> DateTimes.plus(time, span.micros()));
        to.operator("+", TIME, INTERVAL, TIME, (Interval span, LocalTime time) -> DateTimes.plus(time, span.micros()));
        to.operator(
                "-",
                TIME,
                TIME,
                INTERVAL,
                (LocalTime time, Interval span) -> DateTimes.plus(time, -(span.micros() % Intervals.MICROS_PER_DAY)));
        to.operator(
                "-",
                INTERVAL,
                TIME,
                TIME,
                (LocalTime a, LocalTime b) -> new Interval(0, 0, (a.toNanoOfDay() - b.toNanoOfDay()) / 1000));
    }

    private static void timestamps(Registrar to) {
        to.operator("+", TIMESTAMP, TIMESTAMP, INTERVAL, (LocalDateTime a, Interval b) -> DateTimes.plus(a, b));
        to.operator("+", TIMESTAMP, INTERVAL, TIMESTAMP, (Interval b, LocalDateTime a) -> DateTimes.plus(a, b));
        to.operator("-", TIMESTAMP, TIMESTAMP, INTERVAL, (LocalDateTime a, Interval b) -> DateTimes.minus(a, b));
        to.operator("-", INTERVAL, TIMESTAMP, TIMESTAMP, (LocalDateTime a, LocalDateTime b) -> Intervals.between(b, a));
        to.operator("+", TIMESTAMPTZ, TIMESTAMPTZ, INTERVAL, DateTimeOperators::plus);
        to.operator("+", TIMESTAMPTZ, INTERVAL, TIMESTAMPTZ, (Interval b, Instant a) -> plus(a, b));
        to.operator(
                "-",
                TIMESTAMPTZ,
                TIMESTAMPTZ,
                INTERVAL,
                (Instant a, Interval b) -> DateTimes.instant(DateTimes.minus(DateTimes.local(a), b)));
        to.operator(
                "-",
                INTERVAL,
                TIMESTAMPTZ,
                TIMESTAMPTZ,
                (Instant a, Instant b) -> Intervals.between(DateTimes.local(b), DateTimes.local(a)));
    }

    private static Instant plus(Instant instant, Interval interval) {
        return DateTimes.instant(DateTimes.plus(DateTimes.local(instant), interval));
    }

    private static void intervals(Registrar to) {
        to.operator("+", INTERVAL, INTERVAL, INTERVAL, Intervals::add);
        to.operator("-", INTERVAL, INTERVAL, INTERVAL, Intervals::subtract);
        to.operator("*", INTERVAL, INTERVAL, F64, (Interval a, Double b) -> Intervals.multiply(a, b));
        to.operator("*", INTERVAL, F64, INTERVAL, (Double b, Interval a) -> Intervals.multiply(a, b));
        to.operator("/", INTERVAL, INTERVAL, F64, (Interval a, Double b) -> Intervals.divide(a, b));
        to.prefix("-", INTERVAL, INTERVAL, Intervals::negate);
        to.prefix("+", INTERVAL, INTERVAL, (Interval a) -> a);
    }
}
