package dev.merapi.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.server.connection.Outbox.Outcome;
import dev.merapi.wire.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OutboxTest {
    private final Outbox outbox = new Outbox(100, 300);
    private final List<Outbox.Item> taken = new ArrayList<>();

    @Test
    void the_first_item_asks_for_somebody_to_send() {
        assertThat(outbox.offer(item(10))).isEqualTo(Outcome.FIRST);
        assertThat(outbox.offer(item(10))).isEqualTo(Outcome.QUEUED);
        outbox.take(1000, taken);
        assertThat(outbox.offer(item(10))).isEqualTo(Outcome.FIRST);
    }

    @Test
    void items_leave_in_order_as_many_as_wanted() {
        outbox.offer(item(30));
        outbox.offer(item(40));
        outbox.offer(item(50));

        outbox.take(60, taken);

        assertThat(taken).extracting(Outbox.Item::sizeBytes).containsExactly(30, 40);
        assertThat(outbox.sizeBytes()).isEqualTo(50);
    }

    @Test
    void it_is_congested_from_its_bound_until_half_of_it() {
        outbox.offer(item(60));
        assertThat(outbox.isCongested()).isFalse();
        outbox.offer(item(60));
        assertThat(outbox.isCongested()).isTrue();

        assertThat(outbox.take(1, taken)).isFalse();
        assertThat(outbox.isCongested()).isTrue();
        assertThat(outbox.take(1, taken)).isTrue();
        assertThat(outbox.isCongested()).isFalse();
    }

    @Test
    void beyond_its_maximum_it_overflows() {
        outbox.offer(item(200));
        outbox.offer(item(200));

        assertThat(outbox.offer(item(1))).isEqualTo(Outcome.OVERFLOW);
    }

    @Test
    void whoever_waits_for_room_goes_on_when_there_is_some() throws Exception {
        outbox.offer(item(150));
        CompletableFuture<Boolean> waiting = waitForRoom();
        assertThat(waiting).isNotDone();

        outbox.take(1000, taken);

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoever_waits_for_room_is_told_of_the_end() throws Exception {
        outbox.offer(item(150));
        CompletableFuture<Boolean> waiting = waitForRoom();

        outbox.close();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(outbox.offer(item(1))).isEqualTo(Outcome.CLOSED);
        assertThat(outbox.isEmpty()).isTrue();
    }

    private CompletableFuture<Boolean> waitForRoom() throws InterruptedException {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(outbox.awaitRoom());
            } catch (InterruptedException e) {
                outcome.completeExceptionally(e);
            }
        });
        Thread.sleep(50);
        return outcome;
    }

    private static Outbox.Item item(int size) {
        return new Outbox.Item.Own(new ServerMessage.Pong(size), size);
    }
}
