package dev.merapi.query.expr.value;

import dev.merapi.api.value.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Arithmetic of intervals. Months, days and microseconds stay apart until somebody asks to justify them. */
public final class Intervals {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_HOUR = 3_600 * MICROS_PER_SECOND;
    public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

    private static final int DAYS_PER_MONTH = 30;
    private static final double SECONDS_PER_DAY = 86_400;

    private Intervals() {}

    public static Interval add(Interval left, Interval right) {
        try {
            return new Interval(
                    Math.addExact(left.months(), right.months()),
                    Math.addExact(left.days(), right.days()),
                    Math.addExact(left.micros(), right.micros()));
        } catch (ArithmeticException e) {
            throw Errors.dateTimeOutOfRange("interval").causedBy(e);
        }
    }

    public static Interval subtract(Interval left, Interval right) {
        try {
            return new Interval(
                    Math.subtractExact(left.months(), right.months()),
                    Math.subtractExact(left.days(), right.days()),
                    Math.subtractExact(left.micros(), right.micros()));
        } catch (ArithmeticException e) {
            throw Errors.dateTimeOutOfRange("interval").causedBy(e);
        }
    }

    public static Interval negate(Interval interval) {
        return subtract(Interval.ZERO, interval);
    }

    public static Interval multiply(Interval interval, double factor) {
        return scaled(interval.months() * factor, interval.days() * factor, interval.micros() * factor);
    }

    public static Interval divide(Interval interval, double divisor) {
        if (divisor == 0) {
            throw Errors.divisionByZero();
        }
        return scaled(interval.months() / divisor, interval.days() / divisor, interval.micros() / divisor);
    }

    /** Fractions of months go to the days and those of days to the clock, each rounded to microseconds. */
    private static Interval scaled(double months, double days, double micros) {
        int wholeMonths = toInt(months);
        int wholeDays = toInt(days);
        double restDays = roundMicros((months - wholeMonths) * DAYS_PER_MONTH);
        double restSeconds = roundMicros((days - wholeDays + restDays - (int) restDays) * SECONDS_PER_DAY);
        long carriedDays = 0;
        if (Math.abs(restSeconds) >= SECONDS_PER_DAY) {
            carriedDays = (long) (restSeconds / SECONDS_PER_DAY);
            restSeconds -= carriedDays * SECONDS_PER_DAY;
        }
        double clock = Math.rint(micros + restSeconds * MICROS_PER_SECOND);
        if (!(Math.abs(clock) < 0x1p63)) {
            throw Errors.dateTimeOutOfRange("interval");
        }
        return new Interval(wholeMonths, toInt((double) wholeDays + carriedDays + (int) restDays), (long) clock);
    }

    private static int toInt(double value) {
        if (!(Math.abs(value) <= Integer.MAX_VALUE)) {
            throw Errors.dateTimeOutOfRange("interval");
        }
        return (int) value;
    }

    private static double roundMicros(double value) {
        return Math.rint(value * 1e6) / 1e6;
    }

    /** Rounds microseconds to so many digits of a second, half away from zero. */
    public static long round(long micros, int digits) {
        if (digits < 0) {
            throw Errors.argument("precision must not be negative").with("precision", digits);
        }
        long unit = 1;
        for (int i = digits; i < 6; i++) {
            unit *= 10;
        }
        long half = micros < 0 ? -unit / 2 : unit / 2;
        return (micros + half) / unit * unit;
    }

    /** Moves full days of the clock to the days. */
    public static Interval justifyHours(Interval interval) {
        long days = interval.days() + interval.micros() / MICROS_PER_DAY;
        long micros = interval.micros() % MICROS_PER_DAY;
        if (days > 0 && micros < 0) {
            micros += MICROS_PER_DAY;
            days--;
        } else if (days < 0 && micros > 0) {
            micros -= MICROS_PER_DAY;
            days++;
        }
        return of(interval.months(), days, micros);
    }

    /** Moves full months of 30 days to the months. */
    public static Interval justifyDays(Interval interval) {
        long months = interval.months() + (long) (interval.days() / DAYS_PER_MONTH);
        long days = interval.days() % DAYS_PER_MONTH;
        if (months > 0 && days < 0) {
            days += DAYS_PER_MONTH;
            months--;
        } else if (months < 0 && days > 0) {
            days -= DAYS_PER_MONTH;
            months++;
        }
        return of(months, days, interval.micros());
    }

    /** Both, with one sign for all parts. */
    public static Interval justify(Interval interval) {
        long days = interval.days() + interval.micros() / MICROS_PER_DAY;
        long micros = interval.micros() % MICROS_PER_DAY;
        long months = interval.months() + days / DAYS_PER_MONTH;
        days %= DAYS_PER_MONTH;
        if (months > 0 && (days < 0 || (days == 0 && micros < 0))) {
            days += DAYS_PER_MONTH;
            months--;
        } else if (months < 0 && (days > 0 || (days == 0 && micros > 0))) {
            days -= DAYS_PER_MONTH;
            months++;
        }
        if (days > 0 && micros < 0) {
            micros += MICROS_PER_DAY;
            days--;
        } else if (days < 0 && micros > 0) {
            micros -= MICROS_PER_DAY;
            days++;
        }
        return of(months, days, micros);
    }

    private static Interval of(long months, long days, long micros) {
        if (months != (int) months || days != (int) days) {
            throw Errors.dateTimeOutOfRange("interval");
        }
        return new Interval((int) months, (int) days, micros);
    }

    /** The time between, in days and microseconds. */
    public static Interval between(LocalDateTime from, LocalDateTime to) {
        long micros = ChronoUnit.MICROS.between(from, to);
        return new Interval(0, (int) (micros / MICROS_PER_DAY), micros % MICROS_PER_DAY);
    }

    /** The time between as people say it: years, months, days and the clock, borrowing from the calendar. */
    public static Interval age(LocalDateTime later, LocalDateTime earlier) {
        boolean negative = later.isBefore(earlier);
        long months = (later.getYear() - earlier.getYear()) * 12L + later.getMonthValue() - earlier.getMonthValue();
        long days = (long) later.getDayOfMonth() - earlier.getDayOfMonth();
        long micros = (later.toLocalTime().toNanoOfDay() - earlier.toLocalTime().toNanoOfDay()) / 1000;
        if (negative) {
            months = -months;
            days = -days;
            micros = -micros;
        }
        while (micros < 0) {
            micros += MICROS_PER_DAY;
            days--;
        }
        LocalDate borrowed = (negative ? later : earlier).toLocalDate();
        while (days < 0) {
            days += borrowed.lengthOfMonth();
            months--;
        }
        return negative ? of(-months, -days, -micros) : of(months, days, micros);
    }

    /** An interval given by its parts; seconds may have a fraction. */
    public static Interval make(int years, int months, int weeks, int days, int hours, int minutes, double seconds) {
        try {
            double micros = Math.rint(seconds * MICROS_PER_SECOND);
            if (!(Math.abs(micros) < 0x1p63)) {
                throw Errors.dateTimeOutOfRange("interval");
            }
            long clock = Math.addExact(hours * MICROS_PER_HOUR + minutes * 60L * MICROS_PER_SECOND, (long) micros);
            return new Interval(
                    Math.addExact(Math.multiplyExact(years, 12), months),
                    Math.addExact(Math.multiplyExact(weeks, 7), days),
                    clock);
        } catch (ArithmeticException e) {
            throw Errors.dateTimeOutOfRange("interval").causedBy(e);
        }
    }

    /** The span if it has no months, in microseconds; null otherwise. */
    public static @Nullable Long fixedMicros(Interval interval) {
        return interval.months() != 0 ? null : interval.days() * MICROS_PER_DAY + interval.micros();
    }
}
