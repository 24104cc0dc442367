package dev.merapi.testing.property;

import static dev.merapi.testing.property.Generators.ints;
import static dev.merapi.testing.property.Generators.longs;
import static dev.merapi.testing.property.Generators.strings;
import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The kit is checked with fixed seeds: a test of chance must not depend on chance. */
@Execution(ExecutionMode.SAME_THREAD)
final class PropertyTest {

    @AfterEach
    void forget_the_replay() {
        System.clearProperty("property.seed");
        System.clearProperty("property.runs");
    }

    @Test
    void a_claim_that_holds_is_checked_as_often_as_asked() {
        List<Integer> seen = new ArrayList<>();

        property().runs(250).seed(1).check(ints(), seen::add);

        assertThat(seen).hasSize(250);
        assertThat(seen).anyMatch(value -> value < 0).anyMatch(value -> value > 0);
    }

    @Test
    void a_number_shrinks_to_the_threshold_where_the_claim_breaks() {
        AssertionError failure = refuted(() ->
                property().seed(1).check(longs(), value -> assertThat(value).isLessThan(123_456)));

        assertThat(failure).hasMessageContaining("\n  123456\n");
    }

    @Test
    void a_negative_number_shrinks_towards_zero() {
        AssertionError failure = refuted(() ->
                property().seed(1).check(ints(), value -> assertThat(value).isGreaterThan(-77)));

        assertThat(failure).hasMessageContaining("\n  -77\n");
    }

    @Test
    void a_list_shrinks_to_the_elements_that_matter() {
        Generator<List<Integer>> lists = ints(0, 1_000).list(0, 100);

        AssertionError failure = refuted(() -> property().seed(1).check(lists, list -> {
            assertThat(list.stream().filter(value -> value >= 10).count()).isLessThan(3);
        }));

        assertThat(failure).hasMessageContaining("\n  [10, 10, 10]\n");
    }

    @Test
    void values_that_depend_on_each_other_shrink_together() {
        Generator<List<String>> words =
                ints(1, 20).flatMap(length -> strings(length, length, "ab").list(1, 10));

        AssertionError failure = refuted(() -> property().seed(1).check(words, list -> {
            assertThat(list).noneMatch(word -> word.length() >= 3 && word.endsWith("b"));
        }));

        assertThat(failure).hasMessageContaining("\n  [aab]\n");
    }

    @Test
    void a_run_that_draws_as_it_goes_reports_its_notes() {
        AssertionError failure = refuted(() -> property().seed(1).explore(draw -> {
            int balance = 0;
            while (!draw.oneIn(20)) {
                int change = draw.intBetween(-10, 10);
                draw.note("change " + change);
                balance += change;
                assertThat(balance).isLessThan(12);
            }
        }));

        assertThat(failure.getMessage().lines().filter(line -> line.startsWith("  change")))
                .hasSize(2);
    }

    @Test
    void the_printed_seed_shows_the_same_failure_in_its_first_run() {
        Generator<List<Integer>> lists = ints(0, 1_000).list(0, 20);
        Property.Claim<List<Integer>> claim =
                list -> assertThat(list).doesNotContain(500, 501, 502, 503, 504, 505, 506, 507);
        AssertionError first = refuted(() -> property().runs(5_000).seed(7).check(lists, claim));
        Matcher seed = Pattern.compile("-Dproperty.seed=(-?\\d+)").matcher(String.valueOf(first.getMessage()));
        assertThat(seed.find()).isTrue();

        System.setProperty("property.seed", seed.group(1));
        AssertionError replayed = refuted(() -> property().runs(5_000).seed(7).check(lists, claim));

        assertThat(replayed).hasMessageContaining("found in run 1,");
        assertThat(shownValue(replayed)).isEqualTo(shownValue(first));
    }

    @Test
    void the_report_names_the_command_that_replays_it() {
        AssertionError failure = refuted(() -> property().seed(1).check(ints(), value -> {
            throw new IllegalStateException("never");
        }));

        assertThat(failure)
                .hasMessageContaining("because: java.lang.IllegalStateException: never")
                .hasMessageContaining("replay: mvn -q -pl testing/property -am test ")
                .hasMessageContaining("-Dtest=PropertyTest#the_report_names_the_command_that_replays_it")
                .hasRootCauseMessage("never");
    }

    @Test
    void shrinking_does_not_change_over_to_another_failure() {
        AssertionError failure = refuted(() -> property().runs(1_000).seed(1).check(ints(0, 1_000), value -> {
            if (value >= 100) {
                throw new IllegalStateException("large");
            }
            if (value == 3) {
                throw new ArithmeticException("three");
            }
        }));

        assertThat(failure)
                .hasMessageMatching(
                        "(?s).*\\n  100\\nbecause: java.lang.IllegalState.*|(?s).*\\n  3\\nbecause: java.lang.Arith.*");
    }

    @Test
    void discarded_runs_do_not_count() {
        List<Integer> seen = new ArrayList<>();

        property().runs(100).seed(1).check(ints(0, 9).filter(value -> value % 2 == 0), seen::add);

        assertThat(seen).hasSize(100).allMatch(value -> value % 2 == 0);
    }

    @Test
    void a_generator_that_hardly_ever_fits_is_refused() {
        assertThatThrownBy(() -> property().seed(1).check(ints().filter(value -> value == 4_711), value -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("2001 were discarded");
    }

    @Test
    void the_number_of_runs_can_be_set_from_outside() {
        List<Integer> seen = new ArrayList<>();
        System.setProperty("property.runs", "7");

        property().runs(1_000).check(ints(), seen::add);

        assertThat(seen).hasSize(7);
    }

    private static AssertionError refuted(Runnable property) {
        return catchThrowableOfType(AssertionError.class, property::run);
    }

    private static String shownValue(AssertionError failure) {
        return String.valueOf(failure.getMessage()).lines().skip(1).findFirst().orElse("");
    }
}
