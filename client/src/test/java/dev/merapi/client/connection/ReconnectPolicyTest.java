package dev.merapi.client.connection;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ReconnectPolicyTest {
    @Test
    void delays_double_up_to_the_maximum_and_lose_at_most_the_jitter() {
        property().explore(draw -> {
            ReconnectPolicy policy = new ReconnectPolicy(
                    Duration.ofMillis(draw.intBetween(1, 1000)),
                    Duration.ofMillis(draw.intBetween(1000, 100_000)),
                    draw.intBetween(0, 100) / 100.0,
                    10);
            int attempt = draw.intBetween(1, 1_000_000);

            long delay = policy.delayBefore(attempt, new SplittableRandom(draw.longBetween(0, 1000)))
                    .toMillis();

            double full = Math.min(
                    (double) policy.maxDelay().toMillis(),
                    policy.initialDelay().toMillis() * Math.pow(2, Math.min(attempt - 1, 60)));
            assertThat((double) delay)
                    .isBetween(Math.max(1, Math.floor(full * (1 - policy.jitter()))), Math.ceil(full));
        });
    }

    @Test
    void clients_of_a_restarted_server_do_not_return_at_the_same_moment() {
        SplittableRandom random = new SplittableRandom(5);

        long different = random.ints(100)
                .mapToLong(ignored ->
                        ReconnectPolicy.DEFAULT.delayBefore(4, random).toMillis())
                .distinct()
                .count();

        assertThat(different).isGreaterThan(80);
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> new ReconnectPolicy(Duration.ZERO, Duration.ofSeconds(1), 0, 1))
                .isInstanceOf(CodedException.class);
        assertThatThrownBy(() -> new ReconnectPolicy(Duration.ofSeconds(2), Duration.ofSeconds(1), 0, 1))
                .isInstanceOf(CodedException.class);
        assertThatThrownBy(() -> new ReconnectPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 1.5, 1))
                .isInstanceOf(CodedException.class);
    }
}
