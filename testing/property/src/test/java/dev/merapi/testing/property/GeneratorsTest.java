package dev.merapi.testing.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the recipes promise, looked at over many fixed seeds. */
final class GeneratorsTest {
    private static final int DRAWS = 5_000;

    @Test
    void numbers_stay_in_their_range_and_reach_its_ends() {
        assertThat(values(Generators.ints(-3, 4))).containsOnly(-3, -2, -1, 0, 1, 2, 3, 4);
        assertThat(values(Generators.ints(5, 5))).containsOnly(5);
        assertThat(values(Generators.ints(-9, -7))).containsOnly(-9, -8, -7);
        assertThat(values(Generators.ints())).contains(Integer.MIN_VALUE, Integer.MAX_VALUE, 0);
        assertThat(values(Generators.longs())).contains(Long.MIN_VALUE, Long.MAX_VALUE, 0L);
    }

    @Test
    void small_numbers_come_often_even_from_a_huge_range() {
        assertThat(values(Generators.longs()).stream().filter(value -> Math.abs(value) < 1_000 && value != 0))
                .hasSizeGreaterThan(DRAWS / 100);
    }

    @Test
    void an_empty_range_is_refused() {
        assertThatThrownBy(() -> Draw.fresh(1).intBetween(2, 1)).hasMessageContaining("from 2 to 1");
    }

    @Test
    void lists_have_every_allowed_length() {
        Set<Integer> sizes = new HashSet<>();

        values(Generators.booleans().list(2, 6)).forEach(list -> sizes.add(list.size()));

        assertThat(sizes).containsExactlyInAnyOrder(2, 3, 4, 5, 6);
    }

    @Test
    void strings_are_well_formed_and_sometimes_nasty() {
        List<String> strings = values(Generators.strings(0, 12));

        assertThat(strings).allSatisfy(GeneratorsTest::hasUtf8);
        assertThat(strings).allMatch(text -> text.codePointCount(0, text.length()) <= 12);
        assertThat(strings)
                .contains("")
                .anyMatch(text -> text.indexOf('\'') >= 0)
                .anyMatch(text -> text.indexOf(0) >= 0)
                .anyMatch(text -> text.length() > text.codePointCount(0, text.length()));
    }

    @Test
    void doubles_include_the_peculiar_ones() {
        assertThat(values(Generators.doubles()))
                .contains(0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE);
    }

    @Test
    void big_integers_fill_their_bits_and_no_more() {
        List<BigInteger> numbers = values(Generators.bigIntegers(256));

        assertThat(numbers).allMatch(number -> number.bitLength() <= 256);
        assertThat(numbers).anyMatch(number -> number.bitLength() == 256).anyMatch(number -> number.signum() < 0);
    }

    @Test
    void bytes_take_every_value() {
        Set<Byte> seen = new HashSet<>();

        for (byte[] bytes : values(Generators.bytes(0, 20))) {
            for (byte each : bytes) {
                seen.add(each);
            }
        }

        assertThat(seen).hasSize(256);
    }

    @Test
    void alternatives_and_absence_all_occur() {
        assertThat(values(Generators.of("a", "b", "c").orNull())).contains("a", "b", "c", null);
        assertThat(values(Generators.oneOf(Generators.ints(1, 1), Generators.ints(2, 2))))
                .containsOnly(1, 2);
    }

    @Test
    void the_same_seed_draws_the_same_values() {
        Generator<List<String>> texts = Generators.strings(0, 30).list(0, 30);

        assertThat(texts.generate(Draw.fresh(99))).isEqualTo(texts.generate(Draw.fresh(99)));
    }

    @Test
    void repeating_the_choices_of_a_run_repeats_the_run() {
        Generator<List<Double>> numbers = Generators.doubles().list(0, 50);
        for (int seed = 0; seed < 200; seed++) {
            Draw draw = Draw.fresh(seed);
            List<Double> drawn = numbers.generate(draw);

            Draw again = Draw.repeating(draw.choices(), false);

            assertThat(numbers.generate(again)).isEqualTo(drawn);
            assertThat(again.choices()).isEqualTo(draw.choices());
        }
    }

    @Test
    void no_choices_at_all_make_the_simplest_value() {
        Draw simplest = Draw.repeating(new long[0], false);

        assertThat(Generators.longs().generate(simplest)).isZero();
        assertThat(Generators.strings(2, 5).generate(simplest)).isEqualTo("aa");
        assertThat(Generators.ints(7, 9).list(0, 3).generate(simplest)).isEmpty();
        assertThat(Generators.of("x", "y").generate(simplest)).isEqualTo("x");
        assertThat(Generators.ints().orNull().generate(simplest)).isNull();
    }

    private static <T> List<T> values(Generator<T> generator) {
        List<T> values = new ArrayList<>();
        for (int seed = 0; seed < DRAWS; seed++) {
            values.add(generator.generate(Draw.fresh(seed)));
        }
        return values;
    }

    private static void hasUtf8(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            assertThat(StandardCharsets.UTF_8.decode(bytes).toString()).isEqualTo(text);
        } catch (CharacterCodingException lonelySurrogate) {
            throw new AssertionError("not well-formed: " + text, lonelySurrogate);
        }
    }
}
