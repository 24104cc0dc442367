package dev.merapi.query.expr.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Expressions made to keep a matcher busy for ever are answered rightly, or refused by a code; soon, too. */
class HostileRegexTest {
    /** Far longer than any of them takes: what does not end at all must fail. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Map<String, String> NEVER_MATCHING = new TreeMap<>();

    static {
        NEVER_MATCHING.put("star in star", "^" + "(a*)*".repeat(50) + "b$");
        NEVER_MATCHING.put("star in star, uncaptured", "^" + "(?:a*)*".repeat(50) + "b$");
        NEVER_MATCHING.put("lazy star in lazy star", "^" + "(a*?)*?".repeat(50) + "b$");
        NEVER_MATCHING.put("plus in plus", "^(a+)+b$");
        NEVER_MATCHING.put("optional in optional", "^" + "(a?)?".repeat(50) + "b$");
        NEVER_MATCHING.put("stars in depth", "^" + "(".repeat(20) + "a*" + ")*".repeat(20) + "b$");
        NEVER_MATCHING.put("same alternatives", "^(a|a|a|aa)*b$");
        NEVER_MATCHING.put("empty alternatives", "^" + "(?:|||||)".repeat(40) + "b$");
        NEVER_MATCHING.put("an empty alternative", "^" + "(|a)".repeat(50) + "b$");
        NEVER_MATCHING.put("repeated empty alternatives", "^" + "(a|||)*".repeat(30) + "b$");
        NEVER_MATCHING.put("many alternatives", "^(?:" + "ax|".repeat(3000) + "a)*b$");
        NEVER_MATCHING.put("counts in counts", "^(((a{1,100}){1,100}){1,100}){1,100}b$");
        NEVER_MATCHING.put("counts of nothing", "^" + "(?:".repeat(10) + "(?:){255}".repeat(10) + "){255}b$");
        NEVER_MATCHING.put("counts of nothing in depth", "^" + "(?:".repeat(10) + "){255}".repeat(10) + "b$");
        NEVER_MATCHING.put("counts of lookaheads", "^" + "(?:".repeat(10) + "(?!c)" + "){255}".repeat(10) + "b$");
        NEVER_MATCHING.put("lookaheads in counts", "^" + "(?=".repeat(10) + "a*" + "){255}".repeat(10) + "b$");
        NEVER_MATCHING.put("stars in a lookahead", "a*$(?!" + "(a*)*".repeat(40) + "b)c");
        NEVER_MATCHING.put("optionals in a lookbehind", "(?<=" + "(?:a{0,20}|b)".repeat(8) + ")c");
        NEVER_MATCHING.put("word boundaries", "^" + "(?:\\y|)".repeat(50) + "b$");
        NEVER_MATCHING.put("anchors", "a*" + "(?:$|$)".repeat(40) + "b");
        NEVER_MATCHING.put("long chains", "a*" + "(?:$|$|)".repeat(40) + "$".repeat(10_000) + "b");
        NEVER_MATCHING.put("backreferences", "(a*)(a*)(a*)\\1\\2\\3\\1\\2\\3b");
        NEVER_MATCHING.put("repeated backreferences", "^(a*)" + "(\\1*)*".repeat(40) + "b$");
        NEVER_MATCHING.put("empty backreferences", "^a*()" + "(?:\\1|\\1)".repeat(40) + "b$");
        NEVER_MATCHING.put("dots", ".*".repeat(50) + "y");
        NEVER_MATCHING.put("stars in a row", "a*".repeat(8_000) + "b");
        NEVER_MATCHING.put("groups in depth", "(".repeat(3_000) + "a" + ")".repeat(3_000) + "b");
        NEVER_MATCHING.put("repeated groups in depth", "(".repeat(3_000) + "a" + ")*".repeat(3_000) + "b");
        NEVER_MATCHING.put("a long bracket", "^(?:" + bracket(7_000) + "|a|a)*b$");
    }

    private static String bracket(int characters) {
        StringBuilder set = new StringBuilder("[");
        for (int i = 0; i < characters; i++) {
            set.appendCodePoint(0x4e00 + 2 * i);
        }
        return set + "]";
    }

    @TestFactory
    Stream<DynamicTest> a_hostile_expression_finds_nothing_or_is_refused_by_a_code() {
        return NEVER_MATCHING.entrySet().stream()
                .map(shape -> DynamicTest.dynamicTest(shape.getKey(), () -> {
                    for (int length : new int[] {0, 240}) {
                        String text = "a".repeat(length);
                        assertTimeoutPreemptively(PATIENCE, () -> assertThatNothingIsFound(shape.getValue(), text));
                    }
                }));
    }

    private static void assertThatNothingIsFound(String expression, String text) {
        try {
            assertThat(Regex.of(expression, RegexFlags.NONE).find(text)).isFalse();
        } catch (CodedException e) {
            assertThat(e.code()).as(e.toString()).isIn(ErrorCode.STATEMENT_LIMIT, ErrorCode.INVALID_REGEX);
        }
    }

    @TestFactory
    Stream<DynamicTest> a_search_that_works_without_reading_a_character_asks_whether_to_go_on() {
        return Stream.of("star in star", "optional in optional", "counts of nothing in depth", "empty alternatives")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Regex regex = Regex.of(NEVER_MATCHING.get(name), RegexFlags.NONE)
                            .watchedBy(() -> {
                                throw new CancellationException();
                            });

                    assertTimeoutPreemptively(
                            PATIENCE,
                            () -> assertThatThrownBy(() -> regex.find("a".repeat(240)))
                                    .isInstanceOf(CancellationException.class));
                }));
    }

    @Test
    void taking_the_longest_match_at_every_place_of_a_long_text_stays_within_the_steps() {
        Regex regex = Regex.of("(a|b)", RegexFlags.NONE);
        String text = "ab".repeat(100_000);

        String replaced = assertTimeoutPreemptively(PATIENCE, () -> regex.replace(text, "<\\1>", 1, 0));

        assertThat(replaced).isEqualTo("<a><b>".repeat(100_000));
    }

    @Test
    void pauses_leave_groups_references_and_ends_of_matches_as_they_are() {
        assertThat(groups("((a*)(b|c))+d", "xaabcd")).containsExactly("aabcd", "c", "", "c");
        assertThat(groups("^(?:(a)|(b)|(c))*$", "abc")).containsExactly("abc", "a", "b", "c");
        assertThat(groups("(a|b)\\1{2}(c)*", "abbbcc")).containsExactly("bbbcc", "b", "c");
        assertThat(groups("(?<=(?:a|bc))d(?!(?:e)+)", "adebcd")).containsExactly("d");
        assertThat(groups("a?b?c?d?e?f?g?h?i?j?k?l?m?n?o?p?q?r?s{2}t", "acegsst"))
                .containsExactly("acegsst");
    }

    private static List<String> groups(String expression, String text) {
        var match = Regex.of(expression, RegexFlags.NONE).find(text, 0);
        return Stream.iterate(0, i -> i <= match.groupCount(), i -> i + 1)
                .map(match::group)
                .toList();
    }

    @Test
    void a_long_search_of_a_like_pattern_asks_whether_to_go_on() {
        String text = "a".repeat(200_000);
        LikePattern literal = LikePattern.of("%" + "a".repeat(100_000) + "b%", "", false);
        LikePattern wild = LikePattern.of("%_" + "a".repeat(100_000) + "b%", "", false);

        for (LikePattern pattern : List.of(literal, wild)) {
            assertTimeoutPreemptively(
                    PATIENCE,
                    () -> assertThatThrownBy(() -> pattern.matches(text, () -> {
                                throw new CancellationException();
                            }))
                            .isInstanceOf(CancellationException.class));
        }
    }
}
