package dev.merapi.api.text;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ScalarType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times the way PostgreSQL does: a handful of fields in nearly any order, told apart by their form.
 * Ambiguous dates are month-day-year.
 */
final class DateTimeParser {
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final Map<String, Integer> MONTHS = Map.ofEntries(
            Map.entry("jan", 1),
            Map.entry("feb", 2),
            Map.entry("mar", 3),
            Map.entry("apr", 4),
            Map.entry("may", 5),
            Map.entry("jun", 6),
            Map.entry("jul", 7),
            Map.entry("aug", 8),
            Map.entry("sep", 9),
            Map.entry("oct", 10),
            Map.entry("nov", 11),
            Map.entry("dec", 12));
    private static final Pattern MONTH_NAME =
            Pattern.compile("jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|"
                    + "oct(ober)?|nov(ember)?|dec(ember)?");
    private static final Pattern DAY_NAME =
            Pattern.compile("mon(day)?|tue(s|sday)?|wed(s|nesday)?|thu(r|rs|rsday)?|fri(day)?|sat(urday)?|sun(day)?");
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}(?:[.,]\\d*)?))?");
    private static final Pattern COMPACT_CLOCK = Pattern.compile("(\\d{2})(\\d{2})(?:(\\d{2}(?:\\.\\d*)?))?");
    private static final Pattern NUMERIC_DATE = Pattern.compile("(\\d{1,7})([-/.])(\\d{1,2}|[a-z]{3,9})\\2(\\d{1,7})");
    private static final Pattern COMPACT_DATE = Pattern.compile("(\\d{4}|\\d{2})(\\d{2})(\\d{2})");
    private static final Pattern DAY_OF_YEAR = Pattern.compile("(\\d{4})[-.]?(\\d{3})");
    private static final Pattern TOKEN = Pattern.compile(
            "\\d{1,2}:\\d{1,2}(?::\\d{1,2}(?:[.,]\\d*)?)?" // clock
                    + "|\\d{1,7}([-/.])(?:\\d{1,2}|[a-z]{3,9})\\1\\d{1,7}" // date
                    + "|[+-]\\d{1,2}(?::?\\d{2}){0,2}" // zone offset
                    + "|[a-z][a-z_]*(?:/[a-z_+-]+\\d*)*" // word or zone name
                    + "|\\d{4}-\\d{3}(?!\\d)" // day of a year
                    + "|\\d+(?:\\.\\d*)?");

    private final ScalarType type;
    private final String text;
    private @Nullable LocalDate date;
    private long clockMicros = -1;
    private @Nullable ZoneId zone;
    private int month = -1;
    private final List<String> numbers = new ArrayList<>();
    private boolean beforeChrist;
    private boolean clockExpected;

    private DateTimeParser(ScalarType type, String text) {
        this.type = type;
        this.text = text;
    }

    static DateTimeParser parse(ScalarType type, String text) {
        DateTimeParser parser = new DateTimeParser(type, text);
        parser.read();
        return parser;
    }

    LocalDate requireDate() {
        if (date == null) {
            throw invalid();
        }
        return date;
    }

    long requireClockMicros() {
        if (clockMicros < 0) {
            throw invalid();
        }
        return clockMicros;
    }

    LocalDateTime requireDateTime() {
        LocalDateTime midnight = requireDate().atTime(LocalTime.MIN);
        return clockMicros < 0 ? midnight : midnight.plusNanos(clockMicros * 1000);
    }

    @Nullable
    ZoneId zone() {
        return zone;
    }

    private void read() {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = TOKEN.matcher(lower);
        int at = 0;
        while (at < lower.length()) {
            char c = lower.charAt(at);
            if (Character.isWhitespace(c) || c == ',') {
                at++;
            } else if (!matcher.find(at) || matcher.start() != at) {
                throw invalid();
            } else {
                token(matcher.group());
                at = matcher.end();
            }
        }
        if (month > 0 || !numbers.isEmpty()) {
            spelledDate();
        }
        if (beforeChrist) {
            LocalDate given = requireDate();
            date = given.withYear(1 - given.getYear());
        }
        if (date == null && clockMicros < 0) {
            throw invalid();
        }
    }

    private void token(String token) {
        char first = token.charAt(0);
        Matcher clock = CLOCK.matcher(token);
        Matcher numericDate = NUMERIC_DATE.matcher(token);
        Matcher compact = COMPACT_DATE.matcher(token);
        Matcher dayOfYear = DAY_OF_YEAR.matcher(token);
        boolean dateWanted = date == null && !clockExpected && type != ScalarType.TIME;
        if (clock.matches()) {
            clock(clock);
        } else if (numericDate.matches()) {
            numericDate(numericDate);
        } else if (first == '+' || first == '-') {
            if (clockMicros < 0 && type != ScalarType.TIME) {
                throw invalid();
            }
            zone = TimeZones.of(token);
        } else if (Character.isLetter(first)) {
            word(token);
        } else if (dayOfYear.matches() && dateWanted) {
            date = ofYearDay(year(dayOfYear.group(1)), number(dayOfYear.group(2)));
        } else if (compact.matches() && dateWanted) {
            date = dateOf(year(compact.group(1)), number(compact.group(2)), number(compact.group(3)));
        } else {
            plainNumber(token);
        }
    }

    private void plainNumber(String token) {
        Matcher compact = COMPACT_CLOCK.matcher(token);
        boolean clockWanted = clockExpected || (date != null && token.length() >= 6) || type == ScalarType.TIME;
        if (clockMicros < 0 && clockWanted && compact.matches()) {
            clock(compact);
        } else if (token.indexOf('.') >= 0) {
            throw invalid();
        } else {
            numbers.add(token);
        }
    }

    private void word(String word) {
        if (word.equals("t") && date != null) {
            clockExpected = true;
        } else if (word.equals("am") || word.equals("pm")) {
            twelveHours(word.equals("pm"));
        } else if (word.equals("bc") || word.equals("bce")) {
            beforeChrist = true;
        } else if (MONTH_NAME.matcher(word).matches() && month < 0) {
            month = MONTHS.getOrDefault(word.substring(0, 3), -1);
        } else if (word.equals("epoch")) {
            date = LocalDate.EPOCH;
        } else if (word.matches("now|today|tomorrow|yesterday|infinity")) {
            throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "this word has no value here")
                    .with("word", word)
                    .hint(word.equals("infinity") ? "leave the bound out, or use NULL" : "use now() or current_date");
        } else if (!DAY_NAME.matcher(word).matches() && !word.equals("ad") && !word.equals("ce")) {
            if (word.startsWith("t") && word.length() == 1) {
                throw invalid();
            }
            zone = zoneOf(word);
        }
    }

    private ZoneId zoneOf(String word) {
        try {
            return TimeZones.of(word);
        } catch (CodedException e) {
            throw invalid().causedBy(e);
        }
    }

    private void clock(Matcher matcher) {
        if (clockMicros >= 0) {
            throw invalid();
        }
        int hour = number(matcher.group(1));
        int minute = number(matcher.group(2));
        String secondsText = matcher.group(3);
        BigDecimal seconds = secondsText == null ? BigDecimal.ZERO : new BigDecimal(secondsText.replace(',', '.'));
        long micros =
                seconds.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        boolean midnight = hour == 24 && minute == 0 && micros == 0;
        if ((hour > 23 && !midnight) || minute > 59 || micros > 60 * MICROS_PER_SECOND) {
            throw outOfRange();
        }
        clockMicros = (hour * 60L + minute) * 60 * MICROS_PER_SECOND + micros;
    }

    private void twelveHours(boolean afternoon) {
        long hour = clockMicros / (3600 * MICROS_PER_SECOND);
        if (clockMicros < 0) {
            throw invalid();
        }
        if (hour > 12) {
            throw outOfRange();
        }
        long shift = afternoon == (hour == 12) ? 0 : afternoon ? 12 : -12;
        clockMicros += shift * 3600 * MICROS_PER_SECOND;
    }

    private void numericDate(Matcher matcher) {
        if (date != null) {
            throw invalid();
        }
        String first = matcher.group(1);
        String middle = matcher.group(3);
        String last = matcher.group(4);
        if (Character.isLetter(middle.charAt(0))) {
            if (!MONTH_NAME.matcher(middle).matches()) {
                throw invalid();
            }
            int named = MONTHS.getOrDefault(middle.substring(0, 3), -1);
            date = first.length() > 2
                    ? dateOf(year(first), named, number(last))
                    : dateOf(year(last), named, number(first));
        } else if (first.length() > 2) {
            date = dateOf(year(first), number(middle), number(last));
        } else {
            date = dateOf(year(last), number(first), number(middle));
        }
    }

    /** A date with the month as a word: the other two numbers are day and year, the longer one the year. */
    private void spelledDate() {
        if (date != null || month < 0 || numbers.size() != 2) {
            throw invalid();
        }
        String first = numbers.get(0);
        String second = numbers.get(1);
        date = first.length() > 2
                ? dateOf(year(first), month, number(second))
                : dateOf(year(second), month, number(first));
    }

    private LocalDate dateOf(int year, int monthNumber, int day) {
        try {
            return LocalDate.of(year, monthNumber, day);
        } catch (DateTimeException e) {
            throw outOfRange().causedBy(e);
        }
    }

    private LocalDate ofYearDay(int year, int day) {
        try {
            return LocalDate.ofYearDay(year, day);
        } catch (DateTimeException e) {
            throw outOfRange().causedBy(e);
        }
    }

    /** Two digits mean 1970 to 2069. */
    private int year(String digits) {
        int year = number(digits);
        if (digits.length() <= 2) {
            return year < 70 ? 2000 + year : 1900 + year;
        }
        if (year == 0) {
            throw outOfRange();
        }
        return year;
    }

    private int number(String digits) {
        if (digits.length() > 7) {
            throw outOfRange();
        }
        return Integer.parseInt(digits);
    }

    private CodedException invalid() {
        return new CodedException(ErrorCode.INVALID_DATETIME, "invalid input syntax")
                .with("type", type.sqlName())
                .with("value", '"' + InvalidText.abridged(text) + '"');
    }

    private CodedException outOfRange() {
        return new CodedException(ErrorCode.DATETIME_OUT_OF_RANGE, "date/time field value out of range")
                .with("value", '"' + InvalidText.abridged(text) + '"')
                .hint("dates are read as year-month-day, or month/day/year");
    }
}
