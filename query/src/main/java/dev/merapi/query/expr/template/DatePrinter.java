package dev.merapi.query.expr.template;

import dev.merapi.query.expr.template.DateTemplate.Node;
import java.util.List;
import java.util.Locale;

/** Writes one time by a template. */
final class DatePrinter {
    /** Names are padded to the longest of their kind. */
    private static final int NAME_WIDTH = 9;

    private static final int ROMAN_WIDTH = 4;

    private final List<Node> nodes;
    private final DateParts parts;
    private final boolean zoned;
    private final StringBuilder out = new StringBuilder();

    DatePrinter(List<Node> nodes, DateParts parts, boolean zoned) {
        this.nodes = nodes;
        this.parts = parts;
        this.zoned = zoned;
    }

    String print() {
        for (Node node : nodes) {
            element(node);
        }
        return out.toString();
    }

    private void element(Node node) {
        switch (node.key()) {
            case LITERAL -> out.append(node.text());
            case AM, PM -> out.append(cased(node, parts.afternoon() ? "PM" : "AM"));
            case AM_DOT, PM_DOT -> out.append(cased(node, parts.afternoon() ? "P.M." : "A.M."));
            case AD, BC -> out.append(cased(node, parts.beforeChrist() ? "BC" : "AD"));
            case AD_DOT, BC_DOT -> out.append(cased(node, parts.beforeChrist() ? "B.C." : "A.D."));
            case MONTH -> month(node, NAME_WIDTH, Integer.MAX_VALUE);
            case MON -> month(node, 3, 3);
            case DAY -> name(node, DateTemplate.DAYS.get(parts.dayOfWeek()), NAME_WIDTH);
            case DY -> name(node, DateTemplate.DAYS.get(parts.dayOfWeek()).substring(0, 3), 3);
            case RM -> {
                if (parts.month() != 0) {
                    int index = Math.floorMod(parts.month() - 1, 12);
                    padded(node, cased(node, DateTemplate.ROMAN_MONTHS.get(index)), ROMAN_WIDTH);
                }
            }
            case TZ -> out.append(zoned ? cased(node, "UTC") : "");
            case TZH -> out.append("+00");
            case TZM -> out.append("00");
            case OF -> out.append("+00");
            default -> number(node);
        }
    }

    private void month(Node node, int width, int letters) {
        if (parts.month() != 0) {
            String name = DateTemplate.MONTHS.get(Math.floorMod(parts.month() - 1, 12));
            name(node, name.substring(0, Math.min(name.length(), letters)), width);
        }
    }

    private void name(Node node, String name, int width) {
        String cased = node.lower()
                ? name.toLowerCase(Locale.ROOT)
                : node.capitalized() ? name : name.toUpperCase(Locale.ROOT);
        padded(node, cased, width);
    }

    private void padded(Node node, String text, int width) {
        out.append(text);
        if (!node.fill()) {
            out.append(" ".repeat(Math.max(0, width - text.length())));
        }
    }

    private static String cased(Node node, String text) {
        return node.lower() ? text.toLowerCase(Locale.ROOT) : text;
    }

    private void number(Node node) {
        int start = out.length();
        switch (node.key()) {
            case HH24 -> digits(node, parts.hour(), 2);
            case HH, HH12 -> digits(node, parts.hour12(), 2);
            case MI -> digits(node, parts.minute(), 2);
            case SS -> digits(node, parts.second(), 2);
            case MS -> fraction(3);
            case US -> fraction(6);
            case FF1, FF2, FF3, FF4, FF5, FF6 -> fraction(node.key().name().charAt(2) - '0');
            case SSSS, SSSSS -> out.append(parts.hour() * 3600 + parts.minute() * 60L + parts.second());
            case MM -> digits(node, parts.month(), 2);
            case DDD -> digits(node, parts.dayOfYear(), 3);
            case IDDD -> digits(node, parts.isoDayOfYear(), 3);
            case DD -> digits(node, parts.day(), parts.day() < 0 ? 1 : 2);
            case D -> out.append(parts.dayOfWeek() + 1);
            case ID -> out.append(parts.dayOfWeek() == 0 ? 7 : parts.dayOfWeek());
            case WW -> digits(node, (parts.dayOfYear() - 1) / 7 + 1, 2);
            case W -> out.append((parts.day() - 1) / 7 + 1);
            case IW -> digits(node, parts.isoWeek(), 2);
            case Q -> {
                if (parts.month() != 0) {
                    out.append((parts.month() - 1) / 3 + 1);
                }
            }
            case CC -> digits(node, parts.century(), 2);
            case J -> out.append(parts.julian());
            default -> year(node);
        }
        if (!node.ordinal().isEmpty() && out.length() > start) {
            boolean upper = Character.isUpperCase(node.ordinal().charAt(0));
            out.append(Ordinals.suffix(out.substring(start), upper));
        }
    }

    private void year(Node node) {
        long year = parts.yearOfEra();
        long isoYear = parts.isoYearOfEra();
        switch (node.key()) {
            case Y_YYY -> out.append(year / 1000).append(',').append(String.format("%03d", year % 1000));
            case YYYY -> digits(node, year, 4);
            case YYY -> digits(node, year % 1000, 3);
            case YY -> digits(node, year % 100, 2);
            case Y -> out.append(year % 10);
            case IYYY -> digits(node, isoYear, 4);
            case IYY -> digits(node, isoYear % 1000, 3);
            case IY -> digits(node, isoYear % 100, 2);
            default -> out.append(isoYear % 10);
        }
    }

    /** A minus sign takes no place from the digits. */
    private void digits(Node node, long value, int width) {
        String digits = Long.toString(Math.abs(value));
        out.append(value < 0 ? "-" : "");
        if (!node.fill()) {
            out.append("0".repeat(Math.max(0, width - digits.length())));
        }
        out.append(digits);
    }

    private void fraction(int digits) {
        int micros = parts.micros();
        String all = Integer.toString(1_000_000 + Math.abs(micros)).substring(1);
        out.append(micros < 0 ? "-" : "").append(all, 0, digits);
    }
}
