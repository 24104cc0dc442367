package dev.merapi.query.expr.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;
import java.util.List;
import java.util.Locale;

/** The parts of dates, times and intervals that EXTRACT knows; values have the scale PostgreSQL gives them. */
public enum DateField {
    MICROSECONDS("microseconds", "microsecond", "us", "usec", "usecs", "useconds"),
    MILLISECONDS("milliseconds", "millisecond", "ms", "msec", "msecs", "mseconds"),
    SECOND("second", "seconds", "s", "sec", "secs"),
    MINUTE("minute", "minutes", "m", "min", "mins"),
    HOUR("hour", "hours", "h", "hr", "hrs"),
    DAY("day", "days", "d"),
    WEEK("week", "weeks", "w"),
    MONTH("month", "months", "mon", "mons"),
    QUARTER("quarter", "qtr"),
    YEAR("year", "years", "y", "yr", "yrs"),
    DECADE("decade", "decades", "dec", "decs"),
    CENTURY("century", "centuries", "c", "cent"),
    MILLENNIUM("millennium", "millennia", "mil", "mils"),
    DOW("dow"),
    ISODOW("isodow"),
    DOY("doy"),
    ISOYEAR("isoyear"),
    EPOCH("epoch"),
    JULIAN("julian"),
    TIMEZONE("timezone"),
    TIMEZONE_HOUR("timezone_hour"),
    TIMEZONE_MINUTE("timezone_minute");

    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
    private final List<String> names;

    DateField(String... names) {
        this.names = List.of(names);
    }

    /** Finds a field by any of its names. */
    public static DateField of(String name) {
        String key = name.strip().toLowerCase(Locale.ROOT);
        for (DateField field : values()) {
            if (field.names.contains(key)) {
                return field;
            }
        }
        throw Errors.argument("unit not recognized").with("unit", Errors.abridged(name));
    }

    CodedException notSupported(String type) {
        return new CodedException(ErrorCode.UNSUPPORTED_SQL, "unit not supported for this type")
                .with("unit", names.getFirst())
                .with("type", type);
    }

    public BigDecimal of(LocalDateTime time, boolean zoned) {
        return switch (this) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> ofClock(clockMicros(time.toLocalTime()));
            case EPOCH ->
                BigDecimal.valueOf(time.toEpochSecond(ZoneOffset.UTC) * 1_000_000L + time.getNano() / 1000, 6);
            case JULIAN -> julian(time);
            case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> {
                if (!zoned) {
                    throw notSupported("timestamp without time zone");
                }
                yield BigDecimal.ZERO;
            }
            default -> ofCalendar(time.toLocalDate());
        };
    }

    /** The day number and, for a time inside of a day, its fraction as PostgreSQL divides it. */
    private static BigDecimal julian(LocalDateTime time) {
        BigDecimal day = BigDecimal.valueOf(time.toLocalDate().getLong(JulianFields.JULIAN_DAY));
        long micros = clockMicros(time.toLocalTime());
        return micros == 0
                ? day
                : Decimals.add(
                        day, Decimals.divide(BigDecimal.valueOf(micros), BigDecimal.valueOf(Intervals.MICROS_PER_DAY)));
    }

    public BigDecimal of(LocalDate date) {
        return switch (this) {
            case EPOCH -> BigDecimal.valueOf(date.toEpochDay() * 86_400);
            case JULIAN -> BigDecimal.valueOf(date.getLong(JulianFields.JULIAN_DAY));
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE ->
                throw notSupported("date");
            default -> ofCalendar(date);
        };
    }

    public BigDecimal of(LocalTime time) {
        return switch (this) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> ofClock(clockMicros(time));
            case EPOCH -> BigDecimal.valueOf(clockMicros(time), 6);
            default -> throw notSupported("time without time zone");
        };
    }

    private static long clockMicros(LocalTime time) {
        return time.toNanoOfDay() / 1000;
    }

    private BigDecimal ofClock(long micros) {
        long inMinute = micros % 60_000_000;
        return switch (this) {
            case MICROSECONDS -> BigDecimal.valueOf(inMinute);
            case MILLISECONDS -> BigDecimal.valueOf(inMinute, 3);
            case SECOND -> BigDecimal.valueOf(inMinute, 6);
            case MINUTE -> BigDecimal.valueOf(micros / 60_000_000 % 60);
            default -> BigDecimal.valueOf(micros / Intervals.MICROS_PER_HOUR);
        };
    }

    private BigDecimal ofCalendar(LocalDate date) {
        int year = date.getYear();
        long value = switch (this) {
            case DAY -> date.getDayOfMonth();
            case WEEK -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTH -> date.getMonthValue();
            case QUARTER -> date.get(IsoFields.QUARTER_OF_YEAR);
            case YEAR -> withoutZero(year);
            case DECADE -> Math.floorDiv(year, 10);
            case CENTURY -> withoutZero(Math.floorDiv(year - 1, 100) + 1);
            case MILLENNIUM -> withoutZero(Math.floorDiv(year - 1, 1000) + 1);
            case DOW -> date.getDayOfWeek().getValue() % 7;
            case ISODOW -> date.getDayOfWeek().getValue();
            case DOY -> date.getDayOfYear();
            case ISOYEAR -> withoutZero(date.get(IsoFields.WEEK_BASED_YEAR));
            default -> throw notSupported("date");
        };
        return BigDecimal.valueOf(value);
    }

    /** Before year, century and millennium 1 come the first ones BC, -1. */
    private static long withoutZero(long count) {
        return count > 0 ? count : count - 1;
    }

    public BigDecimal of(Interval interval) {
        int months = interval.months();
        long micros = interval.micros();
        return switch (this) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE -> ofClock(micros);
            case HOUR -> BigDecimal.valueOf(micros / Intervals.MICROS_PER_HOUR);
            case DAY -> BigDecimal.valueOf(interval.days());
            case WEEK -> BigDecimal.valueOf(interval.days() / 7);
            case MONTH -> BigDecimal.valueOf(months % 12);
            case QUARTER -> BigDecimal.valueOf(months % 12 / 3 + 1);
            case YEAR -> BigDecimal.valueOf(months / 12);
            case DECADE -> BigDecimal.valueOf(months / 120);
            case CENTURY -> BigDecimal.valueOf(months / 1200);
            case MILLENNIUM -> BigDecimal.valueOf(months / 12000);
            case EPOCH -> intervalEpoch(interval);
            default -> throw notSupported("interval");
        };
    }

    /** Seconds with a year of 365.25 days and a month of 30. */
    private static BigDecimal intervalEpoch(Interval interval) {
        long quarterDays = interval.months() / 12 * 1461L + interval.months() % 12 * 120L + interval.days() * 4L;
        BigInteger micros = BigInteger.valueOf(quarterDays)
                .multiply(BigInteger.valueOf(Intervals.MICROS_PER_DAY / 4))
                .add(BigInteger.valueOf(interval.micros()));
        return new BigDecimal(micros, 6);
    }
}
