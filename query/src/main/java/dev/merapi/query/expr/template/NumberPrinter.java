package dev.merapi.query.expr.template;

import dev.merapi.query.expr.template.NumberShape.Sign;
import dev.merapi.query.expr.template.NumberTemplate.Node;
import java.util.List;

/**
 * Writes one number by a template. The places of the template and the digits of the number advance side by side: as
 * long as the template has more places than the number has digits, spaces (or zeros) are written; then the sign;
 * then digits.
 */
final class NumberPrinter {
    private static final int ROMAN_WIDTH = 15;

    private final List<Node> nodes;
    private final NumberShape shape;
    private final String digits;
    private final char sign;
    private final int leadingSpaces;
    private final boolean brackets;
    private final StringBuilder out = new StringBuilder();

    /** The last digit that FM keeps; -1 when all are kept. */
    private final int lastRelevant;

    private final int places;
    private int digit;
    private int place;
    private int end = Integer.MAX_VALUE;
    private boolean signWritten;
    private boolean digitWritten;

    NumberPrinter(List<Node> nodes, NumberShape shape, String digits, char sign, int leadingSpaces) {
        this.nodes = nodes;
        this.shape = shape;
        this.digits = digits;
        this.sign = sign;
        this.leadingSpaces = leadingSpaces;
        this.brackets = shape.brackets() && !(sign == '+' && shape.fillMode());
        this.lastRelevant = shape.fillMode() && shape.point() ? lastRelevant() : -1;
        if (shape.plus() || shape.minus()) {
            signWritten = !shape.plus() || shape.minus();
        } else {
            signWritten = sign == '+' && shape.fillMode() && shape.sign() == Sign.NONE;
        }
        int count = shape.fraction() + shape.integer() + shape.multiplier() - 1;
        this.places = !signWritten && leadingSpaces == 0 ? count + 1 : count;
    }

    /** The place of the last digit behind the point that is not zero, but not before the template's last 0. */
    private int lastRelevant() {
        int point = digits.indexOf('.');
        if (point < 0) {
            return -1;
        }
        int last = digits.length() - 1;
        while (last > point && digits.charAt(last) == '0') {
            last--;
        }
        if (shape.zeroEnd() > leadingSpaces) {
            last = Math.max(last, Math.min(digits.length() - 1, shape.zeroEnd() - leadingSpaces));
        }
        return last;
    }

    String print() {
        if (shape.roman()) {
            return roman();
        }
        for (Node node : nodes) {
            element(node);
        }
        return out.substring(0, Math.min(end, out.length()));
    }

    private String roman() {
        String padding = shape.fillMode() ? "" : " ".repeat(Math.max(0, ROMAN_WIDTH - digits.length()));
        return padding + digits;
    }

    private void element(Node node) {
        switch (node.key()) {
            case NINE, ZERO, D, POINT -> digitPlace(node.key());
            case COMMA, G -> {
                if (digitWritten) {
                    out.append(',');
                } else if (!shape.fillMode()) {
                    out.append(' ');
                }
            }
            case L -> out.append(' ');
            case MI -> out.append(sign == '-' ? "-" : shape.fillMode() ? "" : " ");
            case PL -> out.append(sign == '+' ? "+" : shape.fillMode() ? "" : " ");
            case SG -> out.append(sign);
            case TH -> {
                if (sign == '+' && !shape.point() && digits.charAt(0) != '#') {
                    out.append(Ordinals.suffix(digits, node.text().equals("TH")));
                }
            }
            case LITERAL -> out.append(node.text());
            case EEEE, FM, PR, RN, SP, B, C, S, V -> {
                // said in the shape, or nothing to write
            }
        }
    }

    private void digitPlace(NumberElement key) {
        digitWritten = false;
        writeSign();
        boolean beforeDigits = place < leadingSpaces;
        boolean zeroReached = shape.hasZero() && shape.zeroStart() <= place;
        if (beforeDigits && !zeroReached) {
            out.append(shape.fillMode() ? "" : " ");
        } else if (beforeDigits) {
            out.append('0');
            digitWritten = true;
        } else {
            digitOrPoint(key);
        }
        closeSign();
        place++;
    }

    private void writeSign() {
        boolean reached = place >= leadingSpaces || (shape.hasZero() && shape.zeroStart() == place);
        if (signWritten || !reached || (hidesLeadingZero() && !onlyPointLeft())) {
            return;
        }
        if (shape.sign() != Sign.NONE) {
            if (shape.sign() == Sign.BEFORE) {
                out.append(sign);
                signWritten = true;
            }
            return;
        }
        if (brackets) {
            out.append(sign == '+' ? ' ' : '<');
        } else if (sign == '-') {
            out.append('-');
        } else {
            out.append(shape.fillMode() ? "" : " ");
        }
        signWritten = true;
    }

    /** A lone 0 before the point is not written: {@code 9.9} turns 0.1 into {@code .1}. */
    private boolean hidesLeadingZero() {
        return !shape.hasZero() && digit == 0 && digits.charAt(0) == '0' && shape.fraction() != 0;
    }

    private boolean onlyPointLeft() {
        return lastRelevant >= 0 && digits.charAt(lastRelevant) == '.';
    }

    private void digitOrPoint(NumberElement key) {
        if (digit >= digits.length()) {
            // PostgreSQL writes the end of its text here: whatever else the template has is lost.
            end = Math.min(end, out.length());
            return;
        }
        char c = digits.charAt(digit);
        if (c == '.') {
            out.append('.');
        } else if (lastRelevant >= 0 && digit > lastRelevant && key != NumberElement.ZERO) {
            // cut off by FM
        } else if (hidesLeadingZero()) {
            if (!shape.fillMode()) {
                out.append(' ');
            } else if (onlyPointLeft()) {
                out.append('0');
            }
        } else {
            out.append(c);
            digitWritten = true;
        }
        digit++;
    }

    /** Behind the last digit: the closing bracket, or the sign of an S at the end. */
    private void closeSign() {
        int lastPlace = places + (leadingSpaces > 0 ? 1 : 0) + (shape.point() ? 1 : 0);
        if (lastRelevant >= 0 && lastRelevant == digit) {
            lastPlace = place;
        }
        if (place + 1 != lastPlace) {
            return;
        }
        if (signWritten && brackets) {
            out.append(sign == '+' ? ' ' : '>');
        } else if (shape.sign() == Sign.AFTER) {
            out.append(sign);
        }
    }
}
