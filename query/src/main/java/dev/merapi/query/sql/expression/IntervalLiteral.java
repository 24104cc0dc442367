package dev.merapi.query.sql.expression;

import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.TextFormat;
import java.util.List;
import java.util.regex.Pattern;

/** {@code INTERVAL '…' fields}: the last field is the unit of a bare number, and what is finer than it is cut off. */
final class IntervalLiteral {
    private static final Pattern DAYS_AND_HOURS = Pattern.compile("\\s*[+-]?\\d+\\s+[+-]?\\d+\\s*");
    private static final Pattern BARE_NUMBER = Pattern.compile("\\s*[+-]?\\d+(\\.\\d*)?\\s*");
    private static final List<String> FIELDS = List.of("year", "month", "day", "hour", "minute", "second");
    private static final long MICROS_PER_MINUTE = 60_000_000L;

    private IntervalLiteral() {}

    static Interval parse(String text, String fields) {
        String last = fields.substring(fields.lastIndexOf(' ') + 1);
        String complete = text;
        if (BARE_NUMBER.matcher(text).matches()) {
            complete = text.strip() + " " + last;
        } else if (fields.equals("day to hour") && DAYS_AND_HOURS.matcher(text).matches()) {
            complete = text.strip() + ":00";
        } else if (fields.equals("minute to second")
                && text.indexOf(':') == text.lastIndexOf(':')
                && text.contains(":")) {
            complete = "00:" + text.strip();
        }
        return cut((Interval) TextFormat.parse(ScalarType.INTERVAL, complete), last);
    }

    private static Interval cut(Interval value, String last) {
        return switch (FIELDS.indexOf(last)) {
            case 0 -> new Interval(value.months() - value.months() % 12, 0, 0);
            case 1 -> new Interval(value.months(), 0, 0);
            case 2 -> new Interval(value.months(), value.days(), 0);
            case 3 -> withMicros(value, 60 * MICROS_PER_MINUTE);
            case 4 -> withMicros(value, MICROS_PER_MINUTE);
            default -> value;
        };
    }

    private static Interval withMicros(Interval value, long unit) {
        return new Interval(value.months(), value.days(), value.micros() - value.micros() % unit);
    }
}
