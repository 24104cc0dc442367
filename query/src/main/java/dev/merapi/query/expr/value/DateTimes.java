package dev.merapi.query.expr.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.Interval;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;

/** Arithmetic of dates and timestamps. Timestamps with time zone reckon in UTC, the session's zone. */
public final class DateTimes {
    private static final LocalDate FIRST_DATE = LocalDate.of(-4712, 1, 1);
    private static final LocalDate LAST_DATE = LocalDate.of(5_874_897, 12, 31);
    private static final LocalDateTime FIRST_TIMESTAMP = FIRST_DATE.atStartOfDay();
    /** The last whole year whose microseconds fit 64 bits counted from 1970. */
    private static final LocalDateTime LAST_TIMESTAMP = LocalDateTime.of(294_246, 12, 31, 23, 59, 59, 999_999_000);

    private DateTimes() {}

    public static LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    public static Instant instant(LocalDateTime local) {
        return local.toInstant(ZoneOffset.UTC);
    }

    public static LocalDate checked(LocalDate date) {
        if (date.isBefore(FIRST_DATE) || date.isAfter(LAST_DATE)) {
            throw Errors.dateTimeOutOfRange("date");
        }
        return date;
    }

    public static LocalDateTime checked(LocalDateTime time) {
        if (time.isBefore(FIRST_TIMESTAMP) || time.isAfter(LAST_TIMESTAMP)) {
            throw Errors.dateTimeOutOfRange("timestamp");
        }
        return time;
    }

    public static LocalDate plusDays(LocalDate date, long days) {
        try {
            return checked(date.plusDays(days));
        } catch (DateTimeException | ArithmeticException e) {
            throw Errors.dateTimeOutOfRange("date").causedBy(e);
        }
    }

    /** Adds months (the day of the month clipped to the shorter month), then days, then the clock. */
    public static LocalDateTime plus(LocalDateTime time, Interval interval) {
        try {
            return checked(time.plusMonths(interval.months())
                    .plusDays(interval.days())
                    .plus(interval.micros(), ChronoUnit.MICROS));
        } catch (DateTimeException | ArithmeticException e) {
            throw Errors.dateTimeOutOfRange("timestamp").causedBy(e);
        }
    }

    public static LocalDateTime minus(LocalDateTime time, Interval interval) {
        try {
            return checked(time.minusMonths(interval.months())
                    .minusDays(interval.days())
                    .minus(interval.micros(), ChronoUnit.MICROS));
        } catch (DateTimeException | ArithmeticException e) {
            throw Errors.dateTimeOutOfRange("timestamp").causedBy(e);
        }
    }

    /** A time of day plus the clock of an interval, around midnight. */
    public static LocalTime plus(LocalTime time, long micros) {
        long sum = time.toNanoOfDay() / 1000 + micros % Intervals.MICROS_PER_DAY;
        return LocalTime.ofNanoOfDay(Math.floorMod(sum, Intervals.MICROS_PER_DAY) * 1000);
    }

    /** Rounds to so many digits of a second, half away from 1970. */
    public static LocalDateTime round(LocalDateTime time, int digits) {
        long micros = time.getNano() / 1000;
        return checked(time.withNano(0).plus(Intervals.round(micros, digits), ChronoUnit.MICROS));
    }

    /** The start of the period a time lies in. */
    public static LocalDateTime truncate(DateField field, LocalDateTime time) {
        LocalDateTime midnight = time.toLocalDate().atStartOfDay();
        int year = time.getYear();
        return switch (field) {
            case MICROSECONDS -> time.truncatedTo(ChronoUnit.MICROS);
            case MILLISECONDS -> time.truncatedTo(ChronoUnit.MILLIS);
            case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
            case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
            case DAY -> midnight;
            case WEEK -> midnight.with(ChronoField.DAY_OF_WEEK, 1);
            case MONTH -> midnight.withDayOfMonth(1);
            case QUARTER -> midnight.withDayOfMonth(1).withMonth(midnight.get(IsoFields.QUARTER_OF_YEAR) * 3 - 2);
            case YEAR -> startOfYear(year);
            case DECADE -> startOfYear(Math.floorDiv(year, 10) * 10);
            case CENTURY -> startOfYear(Math.floorDiv(year - 1, 100) * 100 + 1);
            case MILLENNIUM -> startOfYear(Math.floorDiv(year - 1, 1000) * 1000 + 1);
            default -> throw field.notSupported("timestamp");
        };
    }

    private static LocalDateTime startOfYear(int year) {
        return LocalDate.of(year, 1, 1).atStartOfDay();
    }

    /** An interval with everything below a unit set to zero. */
    public static Interval truncate(DateField field, Interval interval) {
        int months = interval.months();
        return switch (field) {
            case MICROSECONDS -> interval;
            case MILLISECONDS -> clock(interval, 1000);
            case SECOND -> clock(interval, Intervals.MICROS_PER_SECOND);
            case MINUTE -> clock(interval, 60 * Intervals.MICROS_PER_SECOND);
            case HOUR -> clock(interval, Intervals.MICROS_PER_HOUR);
            case DAY -> new Interval(months, interval.days(), 0);
            case MONTH -> new Interval(months, 0, 0);
            case QUARTER -> new Interval(months / 3 * 3, 0, 0);
            case YEAR -> new Interval(months / 12 * 12, 0, 0);
            case DECADE -> new Interval(months / 120 * 120, 0, 0);
            case CENTURY -> new Interval(months / 1200 * 1200, 0, 0);
            case MILLENNIUM -> new Interval(months / 12000 * 12000, 0, 0);
            default -> throw field.notSupported("interval");
        };
    }

    private static Interval clock(Interval interval, long unit) {
        return new Interval(interval.months(), interval.days(), interval.micros() / unit * unit);
    }

    /** The start of the bin of a fixed width that a time lies in, bins counted from an origin. */
    public static LocalDateTime bin(Interval stride, LocalDateTime time, LocalDateTime origin) {
        Long width = Intervals.fixedMicros(stride);
        if (width == null) {
            throw new CodedException(
                    ErrorCode.UNSUPPORTED_SQL, "timestamps cannot be binned into intervals containing months or years");
        }
        if (width <= 0) {
            throw Errors.dateTimeOutOfRange("stride").hint("stride must be greater than zero");
        }
        long distance = ChronoUnit.MICROS.between(origin, time);
        return checked(origin.plus(Math.floorDiv(distance, width) * width, ChronoUnit.MICROS));
    }

    public static LocalDate makeDate(int year, int month, int day) {
        try {
            // A negative year is a year BC; there is no year 0.
            if (year == 0) {
                throw new DateTimeException("year 0");
            }
            return checked(LocalDate.of(year < 0 ? year + 1 : year, month, day));
        } catch (DateTimeException e) {
            throw fieldOutOfRange("date", year + "-" + month + "-" + day).causedBy(e);
        }
    }

    public static LocalTime makeTime(int hour, int minute, double second) {
        double micros = Math.rint(second * Intervals.MICROS_PER_SECOND);
        boolean valid = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60;
        if (!valid) {
            throw fieldOutOfRange("time", hour + ":" + minute + ":" + second);
        }
        long total = (hour * 60L + minute) * 60 * Intervals.MICROS_PER_SECOND + (long) micros;
        if (total >= Intervals.MICROS_PER_DAY) {
            throw fieldOutOfRange("time", hour + ":" + minute + ":" + second);
        }
        return LocalTime.ofNanoOfDay(total * 1000);
    }

    public static LocalDateTime makeTimestamp(LocalDate date, int hour, int minute, double second) {
        boolean valid = hour >= 0 && hour <= 24 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60;
        if (!valid) {
            throw fieldOutOfRange("timestamp", hour + ":" + minute + ":" + second);
        }
        long micros = (hour * 60L + minute) * 60 * Intervals.MICROS_PER_SECOND
                + (long) Math.rint(second * Intervals.MICROS_PER_SECOND);
        return checked(date.atStartOfDay().plus(micros, ChronoUnit.MICROS));
    }

    private static CodedException fieldOutOfRange(String type, String value) {
        return new CodedException(ErrorCode.DATETIME_OUT_OF_RANGE, type + " field value out of range")
                .with("value", value);
    }

    /** An instant of seconds since 1970, rounded to microseconds. */
    public static Instant ofEpoch(double seconds) {
        if (!Double.isFinite(seconds) || Math.abs(seconds) > 9.3e12) {
            throw Errors.dateTimeOutOfRange("timestamp");
        }
        long whole = (long) Math.floor(seconds);
        long micros = (long) Math.rint((seconds - whole) * Intervals.MICROS_PER_SECOND);
        Instant instant = Instant.ofEpochSecond(whole).plus(micros, ChronoUnit.MICROS);
        checked(local(instant));
        return instant;
    }

    /**
     * Whether two spans share a point: each runs from its smaller to its larger end and includes only its start, but a
     * span of no length is one point.
     */
    public static boolean overlap(LocalDateTime a1, LocalDateTime a2, LocalDateTime b1, LocalDateTime b2) {
        LocalDateTime aStart = a1.isBefore(a2) ? a1 : a2;
        LocalDateTime aEnd = a1.isBefore(a2) ? a2 : a1;
        LocalDateTime bStart = b1.isBefore(b2) ? b1 : b2;
        LocalDateTime bEnd = b1.isBefore(b2) ? b2 : b1;
        if (aStart.equals(bStart)) {
            return true;
        }
        return aStart.isBefore(bStart) ? bStart.isBefore(aEnd) : aStart.isBefore(bEnd);
    }
}
