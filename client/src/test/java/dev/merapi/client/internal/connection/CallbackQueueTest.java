package dev.merapi.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallbackQueueTest {
    private final ArrayDeque<Runnable> executor = new ArrayDeque<>();
    private final CallbackQueue queue = new CallbackQueue(executor::add);
    private final List<String> happened = new ArrayList<>();

    CallbackQueueTest() {
        queue.onBurstEnd(() -> happened.add("end"));
    }

    @Test
    void callbacks_run_in_order_and_the_executor_is_asked_once_for_all_that_wait() {
        callback("a");
        callback("b");
        callback("c");
        assertThat(executor).hasSize(1);

        run();
        assertThat(happened).containsExactly("a in burst", "b in burst", "end", "c");
        assertThat(executor).isEmpty();
    }

    @Test
    void a_callback_that_is_alone_is_no_burst() {
        callback("a");
        run();
        callback("b");
        run();
        assertThat(happened).containsExactly("a", "b");
    }

    @Test
    void callbacks_made_by_callbacks_follow() {
        queue.execute(() -> {
            callback("b");
            callback("c");
            happened.add("a");
        });
        run();
        assertThat(happened).containsExactly("a", "b in burst", "end", "c");
    }

    @Test
    void nobody_else_is_in_the_burst() throws InterruptedException {
        List<Boolean> others = new ArrayList<>();
        queue.execute(() -> {
            Thread other = Thread.ofPlatform().start(() -> others.add(queue.isInBurst()));
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        callback("b");
        run();
        assertThat(others).containsExactly(false);
        assertThat(queue.isInBurst()).isFalse();
    }

    @Test
    void while_held_callbacks_gather() {
        queue.hold();
        queue.hold();
        callback("a");
        queue.release();
        callback("b");
        assertThat(executor).isEmpty();

        queue.release();
        run();
        assertThat(happened).containsExactly("a in burst", "end", "b");
        queue.hold();
        queue.release();
        assertThat(executor).isEmpty();
    }

    @Test
    void a_callback_that_fails_does_not_harm_the_others() {
        queue.execute(() -> {
            throw new IllegalStateException("as the test wants");
        });
        queue.execute(() -> {
            throw new AssertionError("as the test wants");
        });
        callback("c");
        run();
        callback("d");
        run();
        assertThat(happened).containsExactly("end", "c", "d");
    }

    private void callback(String name) {
        queue.execute(() -> happened.add(queue.isInBurst() ? name + " in burst" : name));
    }

    private void run() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
    }
}
