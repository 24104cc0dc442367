package dev.merapi.query.expr.template;

import dev.merapi.api.value.Interval;
import dev.merapi.query.expr.value.Errors;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A template of {@code to_char}, {@code to_date} and {@code to_timestamp}, taken apart into elements. Immutable. */
public final class DateTemplate {
    /** Longest template: it bounds the length of every result. */
    static final int MAX_LENGTH = 1000;

    /**
     * One element.
     *
     * @param text as it was written: its case decides that of names
     * @param fill whether FM stands before it
     * @param ordinal {@code th} or {@code TH} behind it, or empty
     * @param quoted whether a literal was quoted, and so is no separator
     */
    record Node(DateElement key, String text, boolean fill, String ordinal, boolean quoted) {
        boolean isSeparator() {
            return key == DateElement.LITERAL && !quoted && !Character.isLetterOrDigit(text.codePointAt(0));
        }

        /** Whether the element is written in small letters. */
        boolean lower() {
            return Character.isLowerCase(text.charAt(0));
        }

        /** Whether it starts with a capital and goes on in small letters. */
        boolean capitalized() {
            return Character.isUpperCase(text.charAt(0)) && text.length() > 1 && Character.isLowerCase(text.charAt(1));
        }
    }

    private final List<Node> nodes;

    private DateTemplate(List<Node> nodes) {
        this.nodes = nodes;
    }

    /** Takes a template apart. */
    public static DateTemplate of(String template) {
        if (template.length() > MAX_LENGTH) {
            throw Errors.limit("date template is too long", MAX_LENGTH);
        }
        return new DateTemplate(List.copyOf(new Scanner(template).nodes()));
    }

    /** Writes a timestamp; a zoned one is in UTC. */
    public String format(LocalDateTime time, boolean zoned) {
        return new DatePrinter(nodes, DateParts.of(time), zoned).print();
    }

    public String format(Interval interval) {
        return new DatePrinter(nodes, DateParts.of(interval), false).print();
    }

    /** Reads a timestamp, a zone in the text not counted. */
    public LocalDateTime parse(String text) {
        return new DateReader(nodes, text).read().local();
    }

    /** Reads an instant; UTC unless the text says something else. */
    public Instant parseInstant(String text) {
        DateReader reader = new DateReader(nodes, text).read();
        return reader.local().toInstant(reader.offset());
    }

    private static final class Scanner {
        private final String template;
        private final List<Node> nodes = new ArrayList<>();
        private int at;

        Scanner(String template) {
            this.template = template;
        }

        List<Node> nodes() {
            while (at < template.length()) {
                if (!element()) {
                    literal();
                }
            }
            return nodes;
        }

        private boolean element() {
            int start = at;
            boolean fill = false;
            while (true) {
                if (startsWith("FM")) {
                    fill = true;
                    at += 2;
                } else if (startsWith("FX") || startsWith("TM")) {
                    at += 2;
                } else {
                    break;
                }
            }
            for (DateElement key : DateElement.LONGEST_FIRST) {
                if (startsWith(key.text())) {
                    String text = template.substring(at, at + key.text().length());
                    at += key.text().length();
                    nodes.add(new Node(key, text, fill, ordinal(), false));
                    return true;
                }
            }
            boolean onlyModifiers = at > start && at >= template.length();
            if (!onlyModifiers) {
                at = start;
            }
            return onlyModifiers;
        }

        private String ordinal() {
            if (startsWith("TH") && !startsWith("THI")) {
                String text = template.substring(at, at + 2);
                at += 2;
                return text;
            }
            return "";
        }

        private boolean startsWith(String word) {
            return template.regionMatches(true, at, word, 0, word.length());
        }

        private void literal() {
            char c = template.charAt(at);
            if (c == '"') {
                int end = template.indexOf('"', at + 1);
                String text = template.substring(at + 1, end < 0 ? template.length() : end);
                at = end < 0 ? template.length() : end + 1;
                if (!text.isEmpty()) {
                    nodes.add(new Node(DateElement.LITERAL, text, false, "", true));
                }
                return;
            }
            if (c == '\\' && at + 1 < template.length() && template.charAt(at + 1) == '"') {
                at++;
            }
            String text = Character.toString(template.codePointAt(at));
            at += text.length();
            nodes.add(new Node(DateElement.LITERAL, text, false, "", false));
        }
    }

    /** Names of months, January first. */
    static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    /** Names of days, Sunday first. */
    static final List<String> DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    static final List<String> ROMAN_MONTHS =
            List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");

    /** The index of the name that a text starts with at a place, any case; the three-letter form if {@code brief}. */
    static int nameAt(List<String> names, String text, int at, boolean brief) {
        String rest = text.substring(at).toLowerCase(Locale.ROOT);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).toLowerCase(Locale.ROOT);
            if (rest.startsWith(brief ? name.substring(0, 3) : name)) {
                return i;
            }
        }
        return -1;
    }
}
