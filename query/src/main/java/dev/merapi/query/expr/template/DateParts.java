package dev.merapi.query.expr.template;

import dev.merapi.api.value.Interval;
import dev.merapi.query.expr.value.Intervals;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;

/**
 * A time taken apart for a template. The parts of an interval are not those of any day: months from 0, hours beyond 24.
 */
record DateParts(
        long year,
        int month,
        int day,
        long hour,
        int minute,
        int second,
        int micros,
        int dayOfYear,
        int dayOfWeek,
        int isoYear,
        int isoWeek,
        int isoDayOfYear,
        long julian,
        boolean isInterval) {

    static DateParts of(LocalDateTime time) {
        LocalDate date = time.toLocalDate();
        return new DateParts(
                date.getYear(),
                date.getMonthValue(),
                date.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                time.getNano() / 1000,
                date.getDayOfYear(),
                date.getDayOfWeek().getValue() % 7,
                date.get(IsoFields.WEEK_BASED_YEAR),
                date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
                date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) * 7
                        - 7
                        + date.getDayOfWeek().getValue(),
                date.getLong(JulianFields.JULIAN_DAY),
                false);
    }

    static DateParts of(Interval interval) {
        long micros = interval.micros();
        int years = interval.months() / 12;
        int months = interval.months() % 12;
        long days = interval.days() + (years * 12L + months) * 30;
        return new DateParts(
                years,
                months,
                interval.days(),
                micros / Intervals.MICROS_PER_HOUR,
                (int) (micros / 60_000_000 % 60),
                (int) (micros / 1_000_000 % 60),
                (int) (micros % 1_000_000),
                (int) days,
                0,
                years,
                0,
                (int) days,
                days,
                true);
    }

    /** The hour on a clock of twelve. */
    long hour12() {
        long rest = hour % 12;
        return rest == 0 ? 12 : rest;
    }

    boolean afternoon() {
        return Math.floorMod(hour, 24) >= 12;
    }

    /** The year without its era; there is no year 0. */
    long yearOfEra() {
        return isInterval || year > 0 ? year : 1 - year;
    }

    long isoYearOfEra() {
        return isInterval || isoYear > 0 ? isoYear : 1 - isoYear;
    }

    boolean beforeChrist() {
        return !isInterval && year <= 0;
    }

    long century() {
        if (isInterval) {
            return year / 100;
        }
        return year > 0 ? (year + 99) / 100 : (year - 100) / 100;
    }
}
