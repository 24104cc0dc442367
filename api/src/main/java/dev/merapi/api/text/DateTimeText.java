package dev.merapi.api.text;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Dates and times as text: ISO style out, {@link DateTimeParser} in. */
public final class DateTimeText {
    private static final long MICROS_PER_MINUTE = 60_000_000L;
    /** Microseconds in 64 bits around 1970 reach a little further, in both directions. */
    private static final int MAX_YEAR = 290_000;

    private DateTimeText() {}

    public static String format(LocalDate date) {
        StringBuilder out = new StringBuilder(10);
        appendDate(out, date);
        return out.append(era(date)).toString();
    }

    public static String format(LocalTime time) {
        StringBuilder out = new StringBuilder(15);
        appendTime(out, time);
        return out.toString();
    }

    public static String format(LocalDateTime time) {
        return format(time, "");
    }

    public static String format(Instant instant) {
        return format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), "+00");
    }

    private static String format(LocalDateTime time, String zone) {
        StringBuilder out = new StringBuilder(32);
        appendDate(out, time.toLocalDate());
        out.append(' ');
        appendTime(out, time.toLocalTime());
        return out.append(zone).append(era(time.toLocalDate())).toString();
    }

    /** There is no year 0: before year 1 comes 1 BC. */
    private static void appendDate(StringBuilder out, LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        String digits = Integer.toString(year);
        out.append("0".repeat(Math.max(0, 4 - digits.length()))).append(digits).append('-');
        appendTwo(out, date.getMonthValue());
        out.append('-');
        appendTwo(out, date.getDayOfMonth());
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : " BC";
    }

    private static void appendTime(StringBuilder out, LocalTime time) {
        appendTwo(out, time.getHour());
        out.append(':');
        appendMinutes(
                out, time.getMinute() * MICROS_PER_MINUTE + time.getSecond() * 1_000_000L + time.getNano() / 1000);
    }

    /** Appends {@code MM:SS[.ffffff]} of microseconds below an hour; zeros at the end of the fraction are left out. */
    public static void appendMinutes(StringBuilder out, long micros) {
        appendTwo(out, (int) (micros / MICROS_PER_MINUTE));
        out.append(':');
        appendTwo(out, (int) (micros / 1_000_000 % 60));
        int fraction = (int) (micros % 1_000_000);
        if (fraction != 0) {
            String digits = Integer.toString(1_000_000 + fraction).substring(1);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            out.append('.').append(digits, 0, end);
        }
    }

    private static void appendTwo(StringBuilder out, int number) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    public static LocalDate parseDate(String text) {
        return DateTimeParser.parse(ScalarType.DATE, text).requireDate();
    }

    public static LocalTime parseTime(String text) {
        DateTimeParser parsed = DateTimeParser.parse(ScalarType.TIME, text);
        long micros = parsed.requireClockMicros();
        if (micros >= 24 * 60 * MICROS_PER_MINUTE) {
            throw new CodedException(ErrorCode.DATETIME_OUT_OF_RANGE, "time of day is outside of the day")
                    .with("value", InvalidText.abridged(text))
                    .hint("24:00:00 has no place here: use 00:00:00");
        }
        return LocalTime.ofNanoOfDay(micros * 1000);
    }

    /** A zone in the text is read and ignored, as PostgreSQL does for a type without one. */
    public static LocalDateTime parseTimestamp(String text) {
        return inRange(
                ScalarType.TIMESTAMP,
                DateTimeParser.parse(ScalarType.TIMESTAMP, text).requireDateTime(),
                text);
    }

    public static Instant parseInstant(String text) {
        DateTimeParser parsed = DateTimeParser.parse(ScalarType.TIMESTAMPTZ, text);
        ZoneId zone = parsed.zone();
        LocalDateTime local = inRange(ScalarType.TIMESTAMPTZ, parsed.requireDateTime(), text);
        return TimeZones.instant(local, zone == null ? ZoneOffset.UTC : zone);
    }

    private static LocalDateTime inRange(ScalarType type, LocalDateTime time, String text) {
        if (Math.abs(time.getYear()) > MAX_YEAR) {
            throw new CodedException(ErrorCode.DATETIME_OUT_OF_RANGE, "timestamp out of range")
                    .with("type", type.sqlName())
                    .with("value", InvalidText.abridged(text));
        }
        return time;
    }
}
