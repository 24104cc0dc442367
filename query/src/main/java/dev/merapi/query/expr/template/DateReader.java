package dev.merapi.query.expr.template;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.template.DateTemplate.Node;
import dev.merapi.query.expr.value.DateTimes;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.Intervals;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads one time by a template. A number takes as many digits as its element is wide, or all there are when what
 * follows in the template is no digit; any separator stands for any other. What the text does not say is the year 1 BC,
 * January, the first, midnight, as in PostgreSQL.
 */
final class DateReader {
    private final List<Node> nodes;
    private final String text;
    private final Map<DateElement, Integer> numbers = new EnumMap<>(DateElement.class);
    private int at;
    private int month = -1;
    private int micros;
    private boolean afternoon;
    private boolean twelveHours;
    private boolean beforeChrist;
    private int zoneHours;
    private int zoneMinutes;
    private boolean westOfGreenwich;

    DateReader(List<Node> nodes, String text) {
        this.nodes = nodes;
        this.text = text;
    }

    DateReader read() {
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (node.key() == DateElement.LITERAL) {
                literal(node);
                continue;
            }
            skipSpaces();
            if (at >= text.length()) {
                break;
            }
            boolean digitsFollow = i + 1 < nodes.size() && startsWithDigit(nodes.get(i + 1));
            element(node, node.fill() || !digitsFollow);
        }
        return this;
    }

    private static boolean startsWithDigit(Node node) {
        return switch (node.key()) {
            case LITERAL -> Character.isDigit(node.text().charAt(0));
            case AM, PM, AM_DOT, PM_DOT, AD, BC, AD_DOT, BC_DOT, MONTH, MON, DAY, DY, RM, TZ, TZH, OF -> false;
            default -> true;
        };
    }

    private void literal(Node node) {
        if (node.isSeparator() || node.text().isBlank()) {
            skipSpaces();
            if (at < text.length() && !Character.isLetterOrDigit(text.charAt(at)) && !signBeforeZone()) {
                at++;
            }
            skipSpaces();
        } else {
            at = Math.min(text.length(), at + node.text().length());
        }
    }

    /** A sign in front of a zone offset is no separator. */
    private boolean signBeforeZone() {
        boolean zoneComes = nodes.stream().anyMatch(node -> node.key() == DateElement.TZH);
        return zoneComes && numbers.containsKey(DateElement.MI) && "+-".indexOf(text.charAt(at)) >= 0;
    }

    private void skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void element(Node node, boolean greedy) {
        switch (node.key()) {
            case MONTH, MON -> month = name(node, DateTemplate.MONTHS, node.key() == DateElement.MON) + 1;
            case DAY, DY -> name(node, DateTemplate.DAYS, node.key() == DateElement.DY);
            case RM -> month = roman();
            case AM, PM, AM_DOT, PM_DOT -> meridiem(node);
            case AD, BC, AD_DOT, BC_DOT -> era(node);
            case TZH -> {
                westOfGreenwich = text.charAt(at) == '-';
                at += "+-".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
                zoneHours = number(node, 2, false);
            }
            case TZM -> zoneMinutes = number(node, 2, false);
            case TZ, OF ->
                throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "this element is only supported in to_char")
                        .with("element", node.text());
            case MS, US, FF1, FF2, FF3, FF4, FF5, FF6 -> fraction(node);
            case Y_YYY -> {
                int thousands = number(node, 9, true);
                at += at < text.length() && text.charAt(at) == ',' ? 1 : 0;
                numbers.put(DateElement.YYYY, thousands * 1000 + number(node, 3, false));
            }
            default -> numeric(node, greedy);
        }
        if (!node.ordinal().isEmpty()) {
            at = Math.min(text.length(), at + 2);
        }
    }

    private void numeric(Node node, boolean greedy) {
        DateElement key = node.key();
        int start = at;
        int value = number(node, width(key), greedy);
        int digits = at - start;
        switch (key) {
            case YYY -> numbers.put(DateElement.YYYY, shortYear(value, digits, 3));
            case YY -> numbers.put(DateElement.YYYY, shortYear(value, digits, 2));
            case Y -> numbers.put(DateElement.YYYY, shortYear(value, digits, 1));
            case IYY -> numbers.put(DateElement.IYYY, shortYear(value, digits, 3));
            case IY -> numbers.put(DateElement.IYYY, shortYear(value, digits, 2));
            case I -> numbers.put(DateElement.IYYY, shortYear(value, digits, 1));
            case HH, HH12 -> {
                twelveHours = true;
                if (value < 1 || value > 12) {
                    throw new CodedException(ErrorCode.INVALID_DATETIME, "hour is invalid for the 12-hour clock")
                            .with("hour", value)
                            .hint("use the 24-hour clock, or give an hour between 1 and 12");
                }
                numbers.put(DateElement.HH24, value);
            }
            case SSSSS -> numbers.put(DateElement.SSSS, value);
            default -> numbers.put(key, value);
        }
    }

    private static int width(DateElement key) {
        return switch (key) {
            case YYYY, IYYY -> 4;
            case YYY, IYY, DDD, IDDD -> 3;
            case Y, I, D, ID, W, Q -> 1;
            case SSSS, SSSSS -> 5;
            case J -> 7;
            default -> 2;
        };
    }

    /** Fewer digits than a year has mean the year nearest to 2020 that ends with them. */
    private static int shortYear(int value, int digits, int width) {
        if (digits > width || value >= 1000) {
            return value;
        }
        if (value < 70) {
            return value + 2000;
        }
        if (value < 100) {
            return value + 1900;
        }
        return value < 520 ? value + 2000 : value + 1000;
    }

    private int number(Node node, int width, boolean greedy) {
        int start = at;
        boolean sign = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
        at += sign ? 1 : 0;
        int first = at;
        int limit = greedy ? 9 : width;
        while (at < text.length() && at - first < limit && Character.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == first) {
            String rest = text.substring(start, Math.min(text.length(), start + width));
            throw new CodedException(ErrorCode.INVALID_DATETIME, "invalid value for template element")
                    .with("value", '"' + rest + '"')
                    .with("element", node.text())
                    .hint("value must be an integer");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private void fraction(Node node) {
        int start = at;
        int width = node.key() == DateElement.MS
                ? 3
                : node.key() == DateElement.US ? 6 : node.key().name().charAt(2) - '0';
        int value = number(node, width, false);
        int digits = at - start;
        micros += value * (int) Math.pow(10, 6 - digits);
    }

    private int name(Node node, List<String> names, boolean brief) {
        int index = DateTemplate.nameAt(names, text, at, brief);
        if (index < 0) {
            throw invalidName(node);
        }
        at += brief ? 3 : names.get(index).length();
        return index;
    }

    private int roman() {
        for (int i = DateTemplate.ROMAN_MONTHS.size() - 1; i >= 0; i--) {
            String numeral = DateTemplate.ROMAN_MONTHS.get(i);
            int end = at + numeral.length();
            boolean ends = end >= text.length() || !Character.isLetter(text.charAt(end));
            if (text.regionMatches(true, at, numeral, 0, numeral.length()) && ends) {
                at = end;
                return i + 1;
            }
        }
        throw new CodedException(ErrorCode.INVALID_DATETIME, "invalid value for template element")
                .with("element", "RM");
    }

    private CodedException invalidName(Node node) {
        return new CodedException(ErrorCode.INVALID_DATETIME, "invalid value for template element")
                .with("value", '"' + Errors.abridged(text.substring(at)) + '"')
                .with("element", node.text())
                .hint("the given value did not match any of the allowed values for this field");
    }

    private void meridiem(Node node) {
        boolean dotted = node.key() == DateElement.AM_DOT || node.key() == DateElement.PM_DOT;
        String am = dotted ? "a.m." : "am";
        String pm = dotted ? "p.m." : "pm";
        afternoon = either(node, pm, am);
        twelveHours = true;
    }

    private void era(Node node) {
        boolean dotted = node.key() == DateElement.AD_DOT || node.key() == DateElement.BC_DOT;
        beforeChrist = either(node, dotted ? "b.c." : "bc", dotted ? "a.d." : "ad");
    }

    private boolean either(Node node, String yes, String no) {
        String rest = text.substring(at).toLowerCase(Locale.ROOT);
        if (!rest.startsWith(yes) && !rest.startsWith(no)) {
            throw invalidName(node);
        }
        at += yes.length();
        return rest.startsWith(yes);
    }

    LocalDateTime local() {
        try {
            return DateTimes.checked(date().atStartOfDay().plus(clockMicros(), ChronoUnit.MICROS));
        } catch (DateTimeException e) {
            throw outOfRange().causedBy(e);
        }
    }

    private CodedException outOfRange() {
        return new CodedException(ErrorCode.DATETIME_OUT_OF_RANGE, "date/time field value out of range")
                .with("value", '"' + Errors.abridged(text) + '"');
    }

    private LocalDate date() {
        Integer julian = numbers.get(DateElement.J);
        if (julian != null) {
            return LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, julian);
        }
        Integer isoYear = numbers.get(DateElement.IYYY);
        if (isoYear != null) {
            return isoDate(isoYear);
        }
        int year = year();
        Integer dayOfYear = numbers.get(DateElement.DDD);
        if (dayOfYear != null && month < 0 && !numbers.containsKey(DateElement.MM)) {
            return LocalDate.ofYearDay(year, dayOfYear);
        }
        Integer week = numbers.get(DateElement.WW);
        if (week != null) {
            return LocalDate.ofYearDay(year, (week - 1) * 7 + 1);
        }
        int monthNumber = month > 0 ? month : numbers.getOrDefault(DateElement.MM, 1);
        int day = numbers.getOrDefault(DateElement.DD, numbers.getOrDefault(DateElement.W, 1) * 7 - 6);
        return LocalDate.of(year, monthNumber, day);
    }

    private int year() {
        Integer century = numbers.get(DateElement.CC);
        Integer given = numbers.get(DateElement.YYYY);
        if (given == null) {
            return century == null ? 0 : (century - 1) * 100 + 1;
        }
        if (beforeChrist) {
            return 1 - given;
        }
        return given < 0 ? given + 1 : given;
    }

    private LocalDate isoDate(int year) {
        LocalDate date = LocalDate.of(2000, 1, 3).with(IsoFields.WEEK_BASED_YEAR, year);
        Integer dayOfYear = numbers.get(DateElement.IDDD);
        if (dayOfYear != null) {
            return date.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1)
                    .with(java.time.DayOfWeek.MONDAY)
                    .plusDays(dayOfYear - 1L);
        }
        int day = numbers.getOrDefault(DateElement.ID, 1);
        return date.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, numbers.getOrDefault(DateElement.IW, 1))
                .with(java.time.DayOfWeek.of(day));
    }

    private long clockMicros() {
        Integer ofDay = numbers.get(DateElement.SSSS);
        int hour = numbers.getOrDefault(DateElement.HH24, 0);
        if (twelveHours) {
            hour = hour % 12 + (afternoon ? 12 : 0);
        }
        int minute = numbers.getOrDefault(DateElement.MI, 0);
        int second = numbers.getOrDefault(DateElement.SS, 0);
        if (hour > 23 || minute > 59 || second > 59 || hour < 0 || minute < 0 || second < 0) {
            throw outOfRange();
        }
        long seconds = ofDay != null ? ofDay : hour * 3600L + minute * 60L + second;
        return seconds * Intervals.MICROS_PER_SECOND + micros;
    }

    ZoneOffset offset() {
        try {
            int sign = westOfGreenwich ? -1 : 1;
            return ZoneOffset.ofHoursMinutes(sign * zoneHours, sign * zoneMinutes);
        } catch (DateTimeException e) {
            throw outOfRange().causedBy(e);
        }
    }
}
