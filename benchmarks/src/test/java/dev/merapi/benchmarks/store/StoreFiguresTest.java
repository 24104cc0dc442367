package dev.merapi.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.benchmarks.Scale;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StoreFiguresTest {
    @Test
    void every_figure_is_still_measured_in_smoke_size() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        long checksum = StoreFigures.run(Scale.SMOKE, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(checksum).isNotZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("HASH transfer", "ORDERED range");
    }
}
