package dev.merapi.api.value;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.text.DateTimeText;
import dev.merapi.api.text.InvalidText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Intervals as text: {@code 1 year 2 mons 3 days 04:05:06.7} out; that, ISO 8601 and the forms of the standard in. */
final class IntervalText {
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long MICROS_PER_HOUR = 3_600 * MICROS_PER_SECOND;
    private static final BigDecimal MICROS_PER_DAY = BigDecimal.valueOf(24 * MICROS_PER_HOUR);
    private static final BigDecimal DAYS_PER_MONTH = BigDecimal.valueOf(30);
    private static final Pattern CLOCK = Pattern.compile("([+-]?)(\\d+):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d*)?))?");
    private static final Pattern YEAR_MONTH = Pattern.compile("([+-]?)(\\d+)-(\\d{1,2})");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)");
    private static final Pattern TOKEN =
            Pattern.compile("[+-]?\\s*\\d+:\\d{1,2}(?::\\d{1,2}(?:\\.\\d*)?)?|[+-]?\\s*\\d+-\\d{1,2}(?![\\d.])"
                    + "|[+-]?\\s*(?:\\d+\\.?\\d*|\\.\\d+)|[A-Za-z]+|@");
    private static final Pattern ISO = Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))([YMWDHS])");

    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal days = BigDecimal.ZERO;
    private BigDecimal micros = BigDecimal.ZERO;

    private IntervalText() {}

    static String format(Interval interval) {
        Printer out = new Printer();
        out.part(interval.months() / 12, "year");
        out.part(interval.months() % 12, "mon");
        out.part(interval.days(), "day");
        return out.clock(interval.micros());
    }

    /** PostgreSQL marks a positive part with + when the part before it was negative. */
    private static final class Printer {
        private final StringBuilder out = new StringBuilder();
        private boolean afterNegative;

        void part(int value, String unit) {
            if (value == 0) {
                return;
            }
            out.append(out.isEmpty() ? "" : " ")
                    .append(afterNegative && value > 0 ? "+" : "")
                    .append(value)
                    .append(' ')
                    .append(unit)
                    .append(value == 1 ? "" : "s");
            afterNegative = value < 0;
        }

        String clock(long micros) {
            if (micros == 0 && !out.isEmpty()) {
                return out.toString();
            }
            out.append(out.isEmpty() ? "" : " ").append(micros < 0 ? "-" : afterNegative ? "+" : "");
            // Not Math.abs: the smallest long has no positive counterpart, its parts have.
            long hours = Math.abs(micros / MICROS_PER_HOUR);
            long rest = Math.abs(micros % MICROS_PER_HOUR);
            out.append(hours < 10 ? "0" : "").append(hours).append(':');
            DateTimeText.appendMinutes(out, rest);
            return out.toString();
        }
    }

    static Interval parse(String text) {
        String trimmed = text.strip();
        IntervalText parts = new IntervalText();
        try {
            boolean ago = trimmed.regionMatches(true, 0, "P", 0, 1)
                    ? parts.iso(trimmed.substring(1).toUpperCase(Locale.ROOT), text)
                    : parts.words(trimmed, text);
            return parts.build(ago);
        } catch (ArithmeticException e) {
            throw new CodedException(ErrorCode.DATETIME_OUT_OF_RANGE, "interval out of range")
                    .with("value", InvalidText.abridged(text))
                    .causedBy(e);
        }
    }

    private boolean iso(String body, String whole) {
        int clockAt = body.indexOf('T');
        String dates = clockAt < 0 ? body : body.substring(0, clockAt);
        String clock = clockAt < 0 ? "" : body.substring(clockAt + 1);
        if (body.isEmpty() || (clockAt >= 0 && clock.isEmpty())) {
            throw invalid(whole);
        }
        isoPart(dates, "YMWD", whole);
        isoPart(clock, "HMS", whole);
        return false;
    }

    private void isoPart(String part, String units, String whole) {
        Matcher matcher = ISO.matcher(part);
        int at = 0;
        while (at < part.length()) {
            if (!matcher.find(at) || matcher.start() != at || units.indexOf(matcher.group(2)) < 0) {
                throw invalid(whole);
            }
            BigDecimal amount = new BigDecimal(matcher.group(1));
            String unit = matcher.group(2);
            add(amount, unit.equals("M") ? (units.startsWith("H") ? "minute" : "month") : isoUnit(unit), whole);
            at = matcher.end();
        }
    }

    private static String isoUnit(String letter) {
        return switch (letter) {
            case "Y" -> "year";
            case "W" -> "week";
            case "D" -> "day";
            case "H" -> "hour";
            default -> "second";
        };
    }

    private boolean words(String body, String whole) {
        Matcher matcher = TOKEN.matcher(body);
        int at = 0;
        boolean any = false;
        BigDecimal pending = null;
        while (at < body.length()) {
            if (Character.isWhitespace(body.charAt(at)) || body.charAt(at) == ',') {
                at++;
                continue;
            }
            if (!matcher.find(at) || matcher.start() != at) {
                throw invalid(whole);
            }
            String token = matcher.group().replaceAll("\\s", ""); // a sign may stand apart from its number
            at = matcher.end();
            if (token.equals("@") && !any) {
                continue;
            }
            if (token.equalsIgnoreCase("ago") && pending == null && any) {
                if (at < body.length()) {
                    throw invalid(whole);
                }
                return true;
            }
            any = true;
            pending = token(token, pending, whole);
        }
        if (pending != null) {
            add(pending, "second", whole);
        }
        if (!any) {
            throw invalid(whole);
        }
        return false;
    }

    /** Takes one token; returns a number that waits for its unit. */
    private @org.jspecify.annotations.Nullable BigDecimal token(
            String token, @org.jspecify.annotations.Nullable BigDecimal pending, String whole) {
        if (Character.isLetter(token.charAt(0))) {
            if (pending == null) {
                throw invalid(whole);
            }
            add(pending, token.toLowerCase(Locale.ROOT), whole);
            return null;
        }
        if (NUMBER.matcher(token).matches()) {
            if (pending != null) {
                throw invalid(whole);
            }
            return new BigDecimal(token);
        }
        Matcher yearMonth = YEAR_MONTH.matcher(token);
        if (yearMonth.matches() && pending == null) {
            yearMonth(yearMonth, whole);
            return null;
        }
        Matcher clock = CLOCK.matcher(token);
        if (!clock.matches()) {
            throw invalid(whole);
        }
        if (pending != null) {
            days = days.add(pending); // the standard's "1 02:03:04": days without their word
        }
        clock(clock, pending != null && pending.signum() < 0, whole);
        return null;
    }

    private void yearMonth(Matcher matcher, String whole) {
        long count = Long.parseLong(matcher.group(3));
        if (count > 11) {
            throw invalid(whole);
        }
        BigDecimal total = new BigDecimal(matcher.group(2))
                .multiply(BigDecimal.valueOf(12))
                .add(BigDecimal.valueOf(count));
        months = months.add(matcher.group(1).equals("-") ? total.negate() : total);
    }

    private void clock(Matcher matcher, boolean negativeDays, String whole) {
        BigDecimal hours = new BigDecimal(matcher.group(2));
        int minutes = Integer.parseInt(matcher.group(3));
        String secondsText = matcher.group(4);
        BigDecimal seconds = secondsText == null ? BigDecimal.ZERO : new BigDecimal(secondsText);
        if (minutes > 59 || seconds.compareTo(BigDecimal.valueOf(60)) > 0) {
            throw new CodedException(ErrorCode.DATETIME_OUT_OF_RANGE, "interval field value out of range")
                    .with("value", InvalidText.abridged(whole));
        }
        BigDecimal total = hours.multiply(BigDecimal.valueOf(MICROS_PER_HOUR))
                .add(BigDecimal.valueOf(minutes * 60L * MICROS_PER_SECOND))
                .add(seconds.multiply(BigDecimal.valueOf(MICROS_PER_SECOND)));
        boolean negative = matcher.group(1).equals("-")
                || (negativeDays && matcher.group(1).isEmpty());
        micros = micros.add(negative ? total.negate() : total);
    }

    private void add(BigDecimal amount, String unit, String whole) {
        switch (unit) {
            case "us", "usec", "usecs", "usecond", "useconds", "microsecond", "microseconds", "microsecon" ->
                clock(amount, 1);
            case "ms", "msec", "msecs", "msecond", "mseconds", "millisecond", "milliseconds", "millisecon" ->
                clock(amount, 1000);
            case "s", "sec", "secs", "second", "seconds" -> clock(amount, MICROS_PER_SECOND);
            case "m", "min", "mins", "minute", "minutes" -> clock(amount, 60 * MICROS_PER_SECOND);
            case "h", "hr", "hrs", "hour", "hours" -> clock(amount, MICROS_PER_HOUR);
            case "d", "day", "days" -> addDays(amount);
            case "w", "week", "weeks" -> addDays(amount.multiply(BigDecimal.valueOf(7)));
            case "mon", "mons", "month", "months" -> addMonths(amount);
            case "y", "yr", "yrs", "year", "years" -> addYears(amount, 1);
            case "dec", "decs", "decade", "decades" -> addYears(amount, 10);
            case "c", "cent", "century", "centuries" -> addYears(amount, 100);
            case "mil", "mils", "millennium", "millennia" -> addYears(amount, 1000);
            default -> throw invalid(whole);
        }
    }

    private void clock(BigDecimal amount, long unitMicros) {
        micros = micros.add(amount.multiply(BigDecimal.valueOf(unitMicros)));
    }

    /** A fraction of a day goes to the clock. */
    private void addDays(BigDecimal amount) {
        BigDecimal whole = amount.setScale(0, RoundingMode.DOWN);
        days = days.add(whole);
        micros = micros.add(amount.subtract(whole).multiply(MICROS_PER_DAY));
    }

    /** A fraction of a month goes to the days, counting 30. */
    private void addMonths(BigDecimal amount) {
        BigDecimal whole = amount.setScale(0, RoundingMode.DOWN);
        months = months.add(whole);
        addDays(amount.subtract(whole).multiply(DAYS_PER_MONTH));
    }

    /** A fraction of a year goes to whole months, rounded; nothing is left for the days. */
    private void addYears(BigDecimal amount, int years) {
        BigDecimal total = amount.multiply(BigDecimal.valueOf(years * 12L));
        months = months.add(total.setScale(0, RoundingMode.HALF_EVEN));
    }

    private Interval build(boolean ago) {
        BigDecimal sign = ago ? BigDecimal.ONE.negate() : BigDecimal.ONE;
        return new Interval(
                months.multiply(sign).intValueExact(),
                days.multiply(sign).setScale(0, RoundingMode.HALF_EVEN).intValueExact(),
                micros.multiply(sign).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }

    private static CodedException invalid(String text) {
        return new CodedException(ErrorCode.INVALID_DATETIME, "invalid input syntax")
                .with("type", ScalarType.INTERVAL.sqlName())
                .with("value", '"' + InvalidText.abridged(text) + '"');
    }
}
