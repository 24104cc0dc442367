package dev.merapi.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MailboxTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(15);

    private final List<Integer> taken = new ArrayList<>();

    @Test
    void a_full_mailbox_declines() throws InterruptedException {
        Mailbox<Integer> mailbox = new Mailbox<>(2);

        assertThat(mailbox.offer(1)).isTrue();
        assertThat(mailbox.offer(2)).isTrue();
        assertThat(mailbox.offer(3)).isFalse();
        assertThat(mailbox.isClosed()).isFalse();
        assertThat(mailbox.force(4)).isTrue();

        mailbox.drainTo(taken, 10, LONG);
        assertThat(taken).containsExactly(1, 2, 4);
    }

    @Test
    void several_items_are_taken_as_far_as_there_is_room() throws InterruptedException {
        Mailbox<Integer> mailbox = new Mailbox<>(3);

        assertThat(mailbox.offerAll(List.of(1, 2))).isEqualTo(2);
        assertThat(mailbox.offerAll(List.of(3, 4, 5))).isEqualTo(1);
        assertThat(mailbox.offerAll(List.of(6))).isZero();
        mailbox.force(7);
        assertThat(mailbox.offerAll(List.of(8))).isZero();

        mailbox.drainTo(taken, 10, LONG);
        assertThat(taken).containsExactly(1, 2, 3, 7);
        mailbox.close();
        assertThat(mailbox.offerAll(List.of(9))).isZero();
    }

    @Test
    void a_batch_is_bounded() throws InterruptedException {
        Mailbox<Integer> mailbox = new Mailbox<>(10);
        for (int i = 0; i < 5; i++) {
            mailbox.offer(i);
        }

        mailbox.drainTo(taken, 3, LONG);

        assertThat(taken).containsExactly(0, 1, 2);
        assertThat(mailbox.size()).isEqualTo(2);
    }

    @Test
    void what_is_inside_a_closed_mailbox_can_still_be_drained() throws InterruptedException {
        Mailbox<Integer> mailbox = new Mailbox<>(10);
        mailbox.offer(1);
        mailbox.offer(2);
        mailbox.close();

        assertThat(mailbox.offer(3)).isFalse();
        assertThat(mailbox.force(3)).isFalse();
        assertThat(mailbox.drainTo(taken, 1, LONG)).isTrue();
        assertThat(mailbox.drainTo(taken, 1, LONG)).isFalse();
        assertThat(mailbox.drainTo(taken, 1, LONG)).isFalse();
        assertThat(taken).containsExactly(1, 2);
    }

    @Test
    void the_consumer_wakes_up_for_an_item_a_nudge_and_the_end() throws InterruptedException {
        Mailbox<Integer> mailbox = new Mailbox<>(10);

        later(() -> mailbox.offer(1));
        assertThat(mailbox.drainTo(taken, 10, LONG)).isTrue();
        assertThat(taken).containsExactly(1);
        later(mailbox::nudge);
        assertThat(mailbox.drainTo(taken, 10, LONG)).isTrue();
        later(mailbox::close);
        assertThat(mailbox.drainTo(taken, 10, LONG)).isFalse();
        assertThat(taken).containsExactly(1);
    }

    @Test
    void a_nudge_before_the_wait_is_not_lost() throws InterruptedException {
        Mailbox<Integer> mailbox = new Mailbox<>(10);
        mailbox.nudge();

        assertThat(mailbox.drainTo(taken, 10, LONG)).isTrue();
        assertThat(taken).isEmpty();
    }

    @Test
    void the_time_to_wait_is_bounded() throws InterruptedException {
        assertThat(new Mailbox<Integer>(1).drainTo(taken, 1, 1_000_000)).isTrue();
    }

    @Test
    void nothing_is_lost_or_doubled_between_many_producers_and_the_consumer() throws InterruptedException {
        Mailbox<Integer> mailbox = new Mailbox<>(64);
        int perProducer = 20_000;
        AtomicLong sum = new AtomicLong();
        List<Thread> producers = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            producers.add(Thread.ofPlatform().start(() -> {
                for (int i = 1; i <= perProducer; i++) {
                    while (!mailbox.offer(i)) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        Thread closer = Thread.ofPlatform().start(() -> {
            for (Thread producer : producers) {
                join(producer);
            }
            mailbox.close();
        });

        boolean open = true;
        while (open) {
            taken.clear();
            open = mailbox.drainTo(taken, 32, LONG);
            taken.forEach(sum::addAndGet);
        }
        join(closer);

        assertThat(sum).hasValue(4L * perProducer * (perProducer + 1) / 2);
    }

    private static void later(Runnable action) {
        Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            action.run();
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
