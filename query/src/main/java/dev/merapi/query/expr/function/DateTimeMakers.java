package dev.merapi.query.expr.function;

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
import dev.merapi.query.expr.template.DateTemplate;
import dev.merapi.query.expr.template.NumberTemplate;
import dev.merapi.query.expr.value.DateTimes;
import dev.merapi.query.expr.value.Intervals;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dates and times from numbers and from text by a template, and back to text. */
final class DateTimeMakers {
    private static final ColumnType NUMERIC = DecimalType.UNCONSTRAINED;

    private DateTimeMakers() {}

    static void register(Registrar to) {
        fromNumbers(to);
        intervals(to);
        templates(to);
        numbers(to);
    }

    private static void fromNumbers(Registrar to) {
        to.add("make_date", DATE, I32, I32, I32, DateTimes::makeDate);
        to.add("make_time", TIME, I32, I32, F64, DateTimes::makeTime);
        List<ColumnType> fields = List.of(I32, I32, I32, I32, I32, F64);
        to.add("make_timestamp", TIMESTAMP, fields, (context, arguments) -> timestamp(arguments));
        to.add(
                "make_timestamptz",
                TIMESTAMPTZ,
                fields,
                (context, arguments) -> timestamp(arguments).toInstant(ZoneOffset.UTC));
        List<ColumnType> zoned = new ArrayList<>(fields);
        zoned.add(TEXT);
        to.add("make_timestamptz", TIMESTAMPTZ, zoned, (context, arguments) -> {
            ZoneId zone = TimeZones.named(Registrar.argument(arguments, 6));
            return TimeZones.instant(timestamp(arguments), zone);
        });
        to.add("to_timestamp", TIMESTAMPTZ, F64, (Double seconds) -> DateTimes.ofEpoch(seconds));
    }

    private static LocalDateTime timestamp(@Nullable Object[] arguments) {
        return DateTimes.makeTimestamp(
                DateTimes.makeDate(integer(arguments, 0), integer(arguments, 1), integer(arguments, 2)),
                integer(arguments, 3),
                integer(arguments, 4),
                Registrar.<Double>argument(arguments, 5));
    }

    private static int integer(@Nullable Object[] arguments, int index) {
        return arguments.length > index ? Registrar.<Integer>argument(arguments, index) : 0;
    }

    /**
     * {@code make_interval(years, months, weeks, days, hours, mins, secs)}: all of them may be left out from the right.
     */
    private static void intervals(Registrar to) {
        List<ColumnType> parts = List.of(I32, I32, I32, I32, I32, I32, F64);
        to.optional(
                "make_interval",
                INTERVAL,
                0,
                parts,
                (context, arguments) -> Intervals.make(
                        integer(arguments, 0),
                        integer(arguments, 1),
                        integer(arguments, 2),
                        integer(arguments, 3),
                        integer(arguments, 4),
                        integer(arguments, 5),
                        arguments.length > 6 ? Registrar.<Double>argument(arguments, 6) : 0));
    }

    private static void templates(Registrar to) {
        to.add(
                "to_char",
                TEXT,
                TIMESTAMP,
                TEXT,
                (LocalDateTime time, String template) ->
                        DateTemplate.of(template).format(time, false));
        to.add(
                "to_char",
                TEXT,
                TIMESTAMPTZ,
                TEXT,
                (Instant time, String template) -> DateTemplate.of(template).format(DateTimes.local(time), true));
        to.add(
                "to_char",
                TEXT,
                INTERVAL,
                TEXT,
                (Interval interval, String template) ->
                        DateTemplate.of(template).format(interval));
        to.add(
                "to_date",
                DATE,
                TEXT,
                TEXT,
                (String text, String template) ->
                        DateTemplate.of(template).parse(text).toLocalDate());
        to.add(
                "to_timestamp",
                TIMESTAMPTZ,
                TEXT,
                TEXT,
                (String text, String template) -> DateTemplate.of(template).parseInstant(text));
    }

    private static void numbers(Registrar to) {
        to.add(
                "to_char",
                TEXT,
                NUMERIC,
                TEXT,
                (BigDecimal number, String template) ->
                        NumberTemplate.of(template).format(number));
        to.add(
                "to_char",
                TEXT,
                I32,
                TEXT,
                (Integer number, String template) -> NumberTemplate.of(template).format(BigDecimal.valueOf(number)));
        to.add(
                "to_char",
                TEXT,
                dev.merapi.api.schema.ScalarType.I64,
                TEXT,
                (Long number, String template) -> NumberTemplate.of(template).format(BigDecimal.valueOf(number)));
        to.add(
                "to_char",
                TEXT,
                F64,
                TEXT,
                (Double number, String template) -> NumberTemplate.of(template).formatDouble(number));
        to.add(
                "to_number",
                NUMERIC,
                TEXT,
                TEXT,
                (String text, String template) -> NumberTemplate.of(template).parse(text));
    }
}
