package dev.merapi.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatioRunnerTest {
    @Test
    void every_benchmark_still_runs_in_smoke_size() throws Exception {
        for (RatioBenchmark benchmark : Ratios.all()) {
            Ratio ratio = benchmark.run(Scale.SMOKE);

            assertThat(ratio.ratio()).as(benchmark.work()).isPositive().isFinite();
        }
    }

    @Test
    void a_row_says_whether_the_goal_was_met() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        String table = RatioRunner.run(
                List.of(new Halving()), List.of(), Scale.SMOKE, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(table).contains("| halving | doing it whole | ≤ 0.6 | 0.50 | yes |");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(table);
    }

    @Test
    void only_what_is_named_runs() throws Exception {
        String table = RatioRunner.run(
                List.of(new Halving()),
                List.of("doubling"),
                Scale.SMOKE,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

        assertThat(table).doesNotContain("halving");
    }

    private static final class Halving implements RatioBenchmark {
        @Override
        public String work() {
            return "halving";
        }

        @Override
        public String comparedWith() {
            return "doing it whole";
        }

        @Override
        public Goal goal() {
            return Goal.atMost(0.6);
        }

        @Override
        public Ratio run(Scale scale) {
            return Ratio.ofNanos(List.of(50.0, 40.0), List.of(100.0, 80.0), "cut", 0);
        }
    }
}
