package dev.merapi.query.expr.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
    private static Regex regex(String expression) {
        return Regex.of(expression, RegexFlags.NONE);
    }

    @Test
    void an_expression_that_would_take_for_ever_is_given_up_with_a_code() {
        Regex hostile = regex("(.*)(.*)(.*)(.*)(.*)(.*)(.*)[y]");
        String text = "a".repeat(60);

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> hostile.find(text))
                        .isInstanceOfSatisfying(
                                CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATEMENT_LIMIT)));
    }

    @Test
    void a_text_too_long_for_the_matchers_stack_is_refused_with_a_code() {
        Regex recursive = regex("^(?:a|b|cd)*$");
        String text = "ab".repeat(1_000_000);

        assertThatThrownBy(() -> recursive.find(text))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATEMENT_LIMIT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a++", "\\p{L}", "\\Qa\\E", "[[:foo:]]", "a{1,300}", "(?<n>a)", "[b-a]", "\\1(a)", "a)", "(a"})
    void what_java_has_and_postgresql_has_not_is_refused(String expression) {
        assertThatThrownBy(() -> regex(expression))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REGEX));
    }

    @Test
    void the_longest_of_several_matches_at_one_place_is_taken() {
        assertThat(group("a|ab|abc", "xabcd")).isEqualTo("abc");
        assertThat(group("a+?", "aaa")).isEqualTo("a");
        assertThat(group("(?:a|b)*c?", "abac")).isEqualTo("abac");
        assertThat(group("(a|ab)(c|bcd)", "abcd")).isEqualTo("abcd");
    }

    private static String group(String expression, String text) {
        return regex(expression).find(text, 0).group();
    }

    @Test
    void an_expression_longer_than_the_limit_is_refused() {
        String expression = "a".repeat(Regex.MAX_EXPRESSION + 1);

        assertThatThrownBy(() -> regex(expression))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATEMENT_LIMIT));
    }
}
