package dev.merapi.query.expr.value;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.testing.property.Draw;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class DecimalsPropertyTest {
    private static BigDecimal positive(Draw draw) {
        return new BigDecimal(BigInteger.valueOf(draw.longBetween(1, 1_000_000_000L)), draw.intBetween(0, 12));
    }

    @Test
    void a_quotient_has_sixteen_significant_digits_at_least_and_is_rounded_half_up() {
        property().runs(2000).explore(draw -> {
            BigDecimal a = positive(draw);
            BigDecimal b = positive(draw);
            draw.note(a + " / " + b);

            BigDecimal quotient = Decimals.divide(a, b);

            BigDecimal exact = a.divide(b, new MathContext(60));
            BigDecimal halfUnit = BigDecimal.ONE.movePointLeft(quotient.scale()).divide(BigDecimal.valueOf(2));
            assertThat(quotient.subtract(exact).abs()).isLessThanOrEqualTo(halfUnit);
            assertThat(quotient.scale()).isGreaterThanOrEqualTo(Math.max(a.scale(), b.scale()));
            assertThat(quotient.precision()).isGreaterThanOrEqualTo(Math.min(16, quotient.scale()));
        });
    }

    @Test
    void the_logarithm_undoes_the_exponential() {
        property().runs(200).explore(draw -> {
            BigDecimal x = new BigDecimal(BigInteger.valueOf(draw.longBetween(-200_000, 200_000)), 3);
            draw.note(x);

            BigDecimal back = DecimalRoots.ln(DecimalRoots.exp(x).max(new BigDecimal("1e-300")));

            if (x.signum() >= 0) {
                assertThat(back).isCloseTo(x, within(new BigDecimal("1e-12")));
            }
        });
    }

    @Test
    void the_square_of_a_root_is_the_number_within_its_last_digit() {
        property().runs(1000).explore(draw -> {
            BigDecimal x = positive(draw);
            draw.note(x);

            BigDecimal root = DecimalRoots.sqrt(x);

            BigDecimal unit = BigDecimal.ONE.movePointLeft(root.scale());
            assertThat(root.add(unit).pow(2)).isGreaterThan(x);
            assertThat(root.subtract(unit).max(BigDecimal.ZERO).pow(2)).isLessThanOrEqualTo(x);
        });
    }

    @Test
    void whole_powers_agree_with_repeated_multiplication() {
        property().runs(500).explore(draw -> {
            BigDecimal base = new BigDecimal(BigInteger.valueOf(draw.longBetween(-99, 99)), draw.intBetween(0, 2));
            int exponent = draw.intBetween(0, 12);
            draw.note(base + " ^ " + exponent);

            BigDecimal power = DecimalRoots.power(base, BigDecimal.valueOf(exponent));

            BigDecimal exact = base.pow(exponent);
            assertThat(power.subtract(exact).abs()).isLessThanOrEqualTo(BigDecimal.ONE.movePointLeft(power.scale()));
        });
    }

    @Test
    void what_would_have_too_many_digits_is_refused_at_once() {
        assertThatThrownBy(() -> DecimalRoots.exp(new BigDecimal("6000")))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE));
        assertThatThrownBy(() -> DecimalRoots.power(new BigDecimal("10"), new BigDecimal("200000")))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE));
        assertThat(DecimalRoots.exp(new BigDecimal("-100000")).signum()).isZero();
    }
}
