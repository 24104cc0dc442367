package dev.merapi.benchmarks.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.benchmarks.Scale;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QueryFiguresTest {
    @Test
    void every_statement_is_still_planned_in_smoke_size() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        long planned = QueryFigures.run(Scale.SMOKE, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(planned).isEqualTo(100);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("by primary key", "correlated", "update");
    }
}
