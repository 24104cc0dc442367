package dev.merapi.query.expr.pattern;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.testing.property.Generators;
import org.junit.jupiter.api.Test;

class LikePatternPropertyTest {
    /** LIKE as its definition says it, character by character, trying everything. */
    private static boolean naive(String text, String pattern) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        char first = pattern.charAt(0);
        String rest = pattern.substring(1);
        if (first == '%') {
            for (int i = 0; i <= text.length(); i++) {
                if (naive(text.substring(i), rest)) {
                    return true;
                }
            }
            return false;
        }
        return !text.isEmpty() && (first == '_' || first == text.charAt(0)) && naive(text.substring(1), rest);
    }

    @Test
    void a_pattern_matches_what_its_definition_says() {
        property().runs(5000).explore(draw -> {
            String text = draw.from(Generators.strings(0, 8, "ab"));
            String pattern = draw.from(Generators.strings(0, 6, "ab%_"));
            draw.note(text + " LIKE " + pattern);

            assertThat(LikePattern.of(pattern, "\\", false).matches(text, () -> {}))
                    .isEqualTo(naive(text, pattern));
        });
    }

    @Test
    void every_match_starts_with_the_prefix_an_index_is_searched_for() {
        property().runs(2000).explore(draw -> {
            String text = draw.from(Generators.strings(0, 8, "ab"));
            String pattern = draw.from(Generators.strings(0, 6, "ab%_"));
            draw.note(text + " LIKE " + pattern);
            LikePattern ready = LikePattern.of(pattern, "\\", false);

            if (ready.matches(text, () -> {})) {
                assertThat(text).startsWith(ready.prefix());
            }
        });
    }

    @Test
    void a_regular_expression_finds_what_the_same_similar_pattern_matches() {
        property().runs(2000).explore(draw -> {
            String text = draw.from(Generators.strings(0, 8, "ab"));
            String pattern = draw.from(Generators.strings(0, 6, "ab%_"));
            draw.note(text + " SIMILAR TO " + pattern);
            Regex regex = Regex.of(Regex.ofSimilar(pattern, "\\"), RegexFlags.NONE);

            assertThat(regex.find(text)).isEqualTo(naive(text, pattern));
        });
    }
}
