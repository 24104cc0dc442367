package dev.merapi.query.expr.template;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.value.Decimals;
import dev.merapi.query.expr.value.Errors;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A template of {@code to_char} and {@code to_number} for numbers, such as {@code FM9,999.00}. The locale is C: the
 * decimal point is a point, groups are split by commas, the currency sign is a space. Immutable.
 */
public final class NumberTemplate {
    /** Longest template: it bounds the length of every result. */
    static final int MAX_LENGTH = 1000;

    private static final int SIGNIFICANT_DIGITS_OF_DOUBLE = 15;

    /** One element; {@code text} as it was written, for literals and for the case of suffixes. */
    record Node(NumberElement key, String text) {}

    private final List<Node> nodes;
    private final NumberShape shape;

    private NumberTemplate(List<Node> nodes, NumberShape shape) {
        this.nodes = nodes;
        this.shape = shape;
    }

    /** Takes a template apart. */
    public static NumberTemplate of(String template) {
        if (template.length() > MAX_LENGTH) {
            throw Errors.limit("number template is too long", MAX_LENGTH);
        }
        List<Node> nodes = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            Node node = next(template, at);
            boolean quoted = template.charAt(at) == '"';
            boolean escaped = template.charAt(at) == '\\' && at + 1 < template.length();
            nodes.add(node);
            at += node.text().length() + (quoted ? closedLength(template, at, node) : escaped ? 1 : 0);
        }
        return new NumberTemplate(nodes, NumberShape.of(nodes));
    }

    private static int closedLength(String template, int at, Node node) {
        return at + node.text().length() + 1 < template.length() ? 2 : 1;
    }

    private static Node next(String template, int at) {
        char c = template.charAt(at);
        if (c == '"') {
            int end = template.indexOf('"', at + 1);
            return new Node(NumberElement.LITERAL, template.substring(at + 1, end < 0 ? template.length() : end));
        }
        if (c == '\\' && at + 1 < template.length()) {
            return new Node(NumberElement.LITERAL, template.substring(at + 1, at + 2));
        }
        for (NumberElement key : NumberElement.values()) {
            if (key != NumberElement.LITERAL
                    && template.regionMatches(
                            true, at, key.text(), 0, key.text().length())) {
                return new Node(key, template.substring(at, at + key.text().length()));
            }
        }
        return new Node(NumberElement.LITERAL, Character.toString(template.codePointAt(at)));
    }

    public String format(BigDecimal given) {
        if (shape.roman()) {
            return new NumberPrinter(nodes, shape, roman(given), '+', 0).print();
        }
        if (shape.scientific()) {
            return scientific(given);
        }
        BigDecimal value = given.movePointRight(shape.multiplier()).setScale(shape.fraction(), RoundingMode.HALF_UP);
        return print(value, shape);
    }

    public String formatDouble(double given) {
        if (!Double.isFinite(given)) {
            throw new CodedException(ErrorCode.INVALID_ARGUMENT, "to_char has no form for this number")
                    .with("value", given);
        }
        BigDecimal exact = new BigDecimal(given);
        if (shape.roman() || shape.scientific()) {
            return format(exact);
        }
        BigDecimal value = exact.movePointRight(shape.multiplier());
        int integerDigits = Math.max(1, value.precision() - value.scale());
        int fraction = integerDigits >= SIGNIFICANT_DIGITS_OF_DOUBLE
                ? 0
                : Math.min(shape.fraction(), SIGNIFICANT_DIGITS_OF_DOUBLE - integerDigits);
        return print(value.setScale(fraction, RoundingMode.HALF_EVEN), shape.withFraction(fraction));
    }

    private String print(BigDecimal value, NumberShape ofValue) {
        String digits = value.abs().toPlainString();
        int point = digits.indexOf('.');
        int integerDigits = point < 0 ? digits.length() : point;
        int room = ofValue.integer() + ofValue.multiplier();
        int spaces = Math.max(0, room - integerDigits);
        if (integerDigits > room) {
            digits = "#".repeat(room) + "." + "#".repeat(ofValue.fraction());
        }
        return new NumberPrinter(nodes, ofValue, digits, value.signum() < 0 ? '-' : '+', spaces).print();
    }

    private String scientific(BigDecimal value) {
        if (value.signum() == 0) {
            return " " + BigDecimal.ZERO.setScale(shape.fraction()).toPlainString() + "e+00";
        }
        int exponent = value.precision() - value.scale() - 1;
        BigDecimal mantissa = value.movePointLeft(exponent).setScale(shape.fraction(), RoundingMode.HALF_UP);
        if (mantissa.abs().compareTo(BigDecimal.TEN) >= 0) {
            exponent++;
            mantissa = value.movePointLeft(exponent).setScale(shape.fraction(), RoundingMode.HALF_UP);
        }
        String sign = value.signum() < 0 ? "" : " ";
        return sign + mantissa.toPlainString() + String.format(Locale.ROOT, "e%+03d", exponent);
    }

    /** Upper case; lower case if the template says rn. */
    private String roman(BigDecimal given) {
        BigDecimal rounded = given.setScale(0, RoundingMode.HALF_UP);
        boolean fits = rounded.signum() > 0 && rounded.compareTo(BigDecimal.valueOf(3999)) <= 0;
        if (!fits) {
            return "#".repeat(15);
        }
        int[] values = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
        String[] numerals = {"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"};
        StringBuilder out = new StringBuilder();
        int rest = rounded.intValueExact();
        for (int i = 0; i < values.length; i++) {
            while (rest >= values[i]) {
                out.append(numerals[i]);
                rest -= values[i];
            }
        }
        boolean lower = nodes.stream().anyMatch(node -> node.text().equals("rn"));
        return lower ? out.toString().toLowerCase(Locale.ROOT) : out.toString();
    }

    /** Reads a number: digits where the template has digits, one character of anything where it has something else. */
    public BigDecimal parse(String text) {
        StringBuilder digits = new StringBuilder();
        boolean negative = false;
        boolean pointSeen = false;
        int at = skipSpaces(text, 0);
        for (Node node : nodes) {
            at = shape.fillMode() || digits.isEmpty() ? skipSpaces(text, at) : at;
            if (at < text.length() && digits.isEmpty() && isSign(text.charAt(at))) {
                negative = text.charAt(at) == '-' || text.charAt(at) == '<';
                at++;
            }
            if (at >= text.length()) {
                break;
            }
            char c = text.charAt(at);
            switch (node.key()) {
                case NINE, ZERO -> {
                    if (c == '.' && !pointSeen && shape.fraction() == 0) {
                        at = text.length();
                    } else if (c >= '0' && c <= '9') {
                        digits.append(c);
                        at++;
                    }
                }
                case D, POINT -> {
                    if (c == '.' && !pointSeen) {
                        pointSeen = true;
                        digits.append('.');
                        at++;
                    }
                }
                case COMMA, G -> at += c == ',' ? 1 : 0;
                case S, MI, PL, SG, PR -> {
                    if (isSign(c) || c == '>') {
                        negative |= c == '-';
                        at++;
                    }
                }
                case LITERAL -> at += node.text().length();
                case L, C -> at += Character.isDigit(c) ? 0 : 1;
                case TH -> at += 2;
                case EEEE, FM, RN, SP, B, V -> {
                    // nothing of the text belongs to these
                }
            }
        }
        // A sign at the end belongs to the number whatever the template says.
        negative |= at < text.length() && text.charAt(at) == '-';
        BigDecimal value = number(digits, text);
        return negative ? value.negate() : value;
    }

    private BigDecimal number(CharSequence digits, String text) {
        String plain = digits.toString();
        if (plain.isEmpty() || plain.equals(".")) {
            throw new CodedException(ErrorCode.INVALID_VALUE, "invalid input syntax")
                    .with("type", "numeric")
                    .with("value", '"' + Errors.abridged(text) + '"');
        }
        BigDecimal value = new BigDecimal(plain.endsWith(".") ? plain + "0" : plain);
        BigDecimal scaled = plain.endsWith(".") ? value.setScale(0, RoundingMode.DOWN) : value;
        return shape.multiplier() > 0
                ? scaled.divide(
                        BigDecimal.TEN.pow(shape.multiplier()), Decimals.MIN_SIGNIFICANT_DIGITS, RoundingMode.HALF_UP)
                : scaled;
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+' || c == '<';
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }
}
