package dev.merapi.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.benchmarks.Scale;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SubscriptionFiguresTest {
    @Test
    void every_population_still_subscribes_in_smoke_size() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        long subscribed = SubscriptionFigures.run(Scale.SMOKE, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(subscribed).isEqualTo(4_000);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("equality", "BETWEEN", "LIKE", "bytes");
    }
}
