package dev.merapi.query.expr.template;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.List;

/**
 * What the elements of a number template add up to.
 *
 * @param integer digit places before the point
 * @param fraction digit places behind it
 * @param multiplier digit places behind a V, by whose power of ten the number is multiplied
 * @param zeroStart the place of the first 0 before the point, from 0; -1 when there is none
 * @param zeroEnd the number of places up to the last 0
 * @param sign where an S stands
 */
record NumberShape(
        int integer,
        int fraction,
        int multiplier,
        int zeroStart,
        int zeroEnd,
        Sign sign,
        boolean point,
        boolean fillMode,
        boolean minus,
        boolean plus,
        boolean brackets,
        boolean roman,
        boolean scientific) {
    /** Where an S stands; without one the sign goes in front of the first digit. */
    enum Sign {
        NONE,
        BEFORE,
        AFTER
    }

    NumberShape withFraction(int digits) {
        return new NumberShape(
                integer,
                digits,
                multiplier,
                zeroStart,
                zeroEnd,
                sign,
                point,
                fillMode,
                minus,
                plus,
                brackets,
                roman,
                scientific);
    }

    boolean hasZero() {
        return zeroStart >= 0;
    }

    static NumberShape of(List<NumberTemplate.Node> nodes) {
        Counter counter = new Counter();
        for (NumberTemplate.Node node : nodes) {
            counter.take(node.key());
        }
        return counter.shape();
    }

    private static final class Counter {
        private static final String S_ALONE = "cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together";

        private int integer;
        private int fraction;
        private int multiplier;
        private int zeroStart = -1;
        private int zeroEnd;
        private int digitsBeforeSign = -1;
        private Sign sign = Sign.NONE;
        private boolean multi;
        private boolean point;
        private boolean fillMode;
        private boolean minus;
        private boolean plus;
        private boolean brackets;
        private boolean roman;
        private boolean scientific;

        void take(NumberElement key) {
            switch (key) {
                case NINE -> {
                    require(!brackets, "\"9\" must be ahead of \"PR\"");
                    digit();
                }
                case ZERO -> {
                    require(!brackets, "\"0\" must be ahead of \"PR\"");
                    if (zeroStart < 0 && !point) {
                        zeroStart = integer;
                    }
                    digit();
                    zeroEnd = integer + fraction;
                }
                case D, POINT -> {
                    require(!point, "multiple decimal points");
                    require(!multi, "cannot use \"V\" and decimal point together");
                    point = true;
                }
                case V -> {
                    require(!point, "cannot use \"V\" and decimal point together");
                    multi = true;
                }
                case S -> signed();
                case MI -> {
                    require(sign == Sign.NONE, S_ALONE);
                    minus = true;
                }
                case PL -> {
                    require(sign == Sign.NONE, S_ALONE);
                    plus = true;
                }
                case SG -> {
                    require(sign == Sign.NONE, S_ALONE);
                    minus = true;
                    plus = true;
                }
                case PR -> {
                    boolean alone = sign == Sign.NONE && !plus && !minus;
                    require(alone, "cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together");
                    brackets = true;
                }
                case RN -> roman = true;
                case EEEE -> scientific = true;
                case FM -> fillMode = true;
                case SP, TH, COMMA, B, C, G, L, LITERAL -> {
                    // decides nothing about the digits
                }
            }
        }

        private void digit() {
            if (multi) {
                multiplier++;
            } else if (point) {
                fraction++;
            } else {
                integer++;
            }
        }

        private void signed() {
            require(sign == Sign.NONE, "cannot use \"S\" twice");
            require(!plus && !minus && !brackets, S_ALONE);
            sign = point ? Sign.AFTER : Sign.BEFORE;
            digitsBeforeSign = integer;
        }

        NumberShape shape() {
            // An S behind all digits is one behind, though no point came first.
            Sign place = sign == Sign.BEFORE && integer == digitsBeforeSign ? Sign.AFTER : sign;
            return new NumberShape(
                    integer,
                    fraction,
                    multiplier,
                    zeroStart,
                    zeroEnd,
                    place,
                    point,
                    fillMode,
                    minus,
                    plus,
                    brackets,
                    roman,
                    scientific);
        }

        private static void require(boolean condition, String text) {
            if (!condition) {
                throw new CodedException(ErrorCode.SYNTAX_ERROR, text);
            }
        }
    }
}
