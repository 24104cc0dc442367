package dev.merapi.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of limits follows from the code; {@code -Dgolden.update} writes it anew. */
class LimitsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "server.md");
    private static final String HEAD = "| limit | default | unit | why |\n| --- | --- | --- | --- |\n";

    @Test
    void the_page_has_a_row_for_each_limit() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(HEAD);
        int end = page.indexOf("\n\n", start) + 1;
        String table =
                HEAD + Arrays.stream(Limit.values()).map(LimitsPageTest::row).collect(Collectors.joining());
        if (Boolean.getBoolean("golden.update")) {
            page = page.substring(0, start) + table + page.substring(end);
            Files.writeString(PAGE, page);
            return;
        }

        assertThat(page.substring(start, end)).isEqualTo(table);
    }

    @Test
    void each_default_is_within_its_bounds() {
        for (Limit limit : Limit.values()) {
            assertThat(limit.defaultValue()).as(limit.key()).isBetween(limit.minimum(), limit.maximum());
            assertThat(ServerLimits.DEFAULT.with(limit, limit.maximum()).get(limit))
                    .isEqualTo(limit.maximum());
        }
    }

    private static String row(Limit limit) {
        String unit =
                limit.unit() == Limit.Unit.COUNT ? "" : limit.unit().name().toLowerCase(Locale.ROOT) + " ";
        return "| `" + limit.key() + "` | " + limit.defaultValue() + " | " + unit + "| " + limit.reason() + " |\n";
    }
}
