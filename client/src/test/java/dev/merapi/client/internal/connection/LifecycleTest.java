package dev.merapi.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.connection.ConnectionState;
import dev.merapi.client.connection.ReconnectPolicy;
import dev.merapi.client.connection.Timeouts;
import dev.merapi.client.internal.connection.Lifecycle.Effect;
import dev.merapi.client.transport.Transport.Closing;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.ConnectionLimits;
import dev.merapi.wire.Position;
import dev.merapi.wire.ServerMessage;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a connection stepped by hand: what happened goes in, what is to be done comes out. */
final class LifecycleTest {
    private static final ReconnectPolicy POLICY =
            new ReconnectPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), 0, 5);
    private static final Timeouts TIMEOUTS = Timeouts.DEFAULT
            .withConnect(Duration.ofSeconds(3))
            .withHeartbeat(Duration.ofSeconds(10), Duration.ofSeconds(4));

    private final Lifecycle lifecycle = new Lifecycle(POLICY, TIMEOUTS, new SplittableRandom(1));

    @Test
    void connecting_takes_a_token_a_socket_and_a_welcome() {
        assertThat(lifecycle.want())
                .containsExactly(
                        new Effect.Announce(new ConnectionState.Connecting(1)),
                        new Effect.SetAlarm(1, Duration.ofSeconds(3)),
                        new Effect.FetchToken(1));
        assertThat(lifecycle.tokenReady(1, "secret")).containsExactly(new Effect.Open(1));
        assertThat(lifecycle.opened(1)).containsExactly(new Effect.SayHello("secret"));
        assertThat(lifecycle.welcomed(1, welcome(0)))
                .containsExactly(
                        new Effect.SetAlarm(1, Duration.ofSeconds(10)),
                        new Effect.Announce(new ConnectionState.Connected(42, "ann", "main")),
                        new Effect.Establish(welcome(0)));
        assertThat(lifecycle.isReady()).isTrue();
    }

    @Test
    void wanting_a_connection_again_changes_nothing() {
        lifecycle.want();

        assertThat(lifecycle.want()).isEmpty();
    }

    @Test
    void what_belongs_to_an_earlier_attempt_is_ignored() {
        connect(1);
        lifecycle.closed(1, Closing.failed("cable", Closing.Retry.YES));
        lifecycle.alarm(1);

        assertThat(lifecycle.attempt()).isEqualTo(2);
        assertThat(lifecycle.tokenReady(1, null)).isEmpty();
        assertThat(lifecycle.opened(1)).isEmpty();
        assertThat(lifecycle.welcomed(1, welcome(0))).isEmpty();
        assertThat(lifecycle.alarm(1)).isEmpty();
        assertThat(lifecycle.closed(1, Closing.failed("late", Closing.Retry.NO)))
                .isEmpty();
    }

    @Test
    void each_failed_attempt_doubles_the_delay_up_to_the_maximum() {
        lifecycle.want();
        for (int attempt = 1; attempt <= 5; attempt++) {
            List<Effect> effects = lifecycle.closed(attempt, Closing.failed("refused", Closing.Retry.YES));

            Duration expected = Duration.ofMillis(Math.min(1000, 100L << (attempt - 1)));
            assertThat(effects).contains(new Effect.SetAlarm(attempt, expected));
            assertThat(waiting(effects).nextAttempt()).isEqualTo(attempt);
            assertThat(waiting(effects).cause().code()).isEqualTo(ErrorCode.CONNECTION_FAILED);
            lifecycle.alarm(attempt);
        }

        List<Effect> last = lifecycle.closed(6, Closing.failed("refused", Closing.Retry.YES));

        assertThat(end(last).code()).isEqualTo(ErrorCode.CONNECTION_FAILED);
        assertThat(lifecycle.isClosed()).isTrue();
    }

    @Test
    void a_successful_connection_starts_the_delays_anew() {
        lifecycle.want();
        lifecycle.closed(1, Closing.failed("refused", Closing.Retry.YES));
        lifecycle.alarm(1);
        lifecycle.closed(2, Closing.failed("refused", Closing.Retry.YES));
        lifecycle.alarm(2);
        connectNow(3);

        List<Effect> effects = lifecycle.closed(3, Closing.failed("cable", Closing.Retry.YES));

        assertThat(effects).contains(new Effect.SetAlarm(3, Duration.ofMillis(100)));
    }

    @Test
    void losing_an_established_connection_interrupts_what_was_under_way() {
        connect(1);

        List<Effect> effects = lifecycle.closed(1, Closing.byCode(CloseCode.GOING_AWAY.number(), "restart"));

        assertThat(effects.get(1)).isEqualTo(new Effect.Abort());
        assertThat(effects.get(0)).isInstanceOfSatisfying(Effect.Interrupt.class, interrupt -> {
            assertThat(interrupt.code()).isEqualTo(1001);
            assertThat(interrupt.reason()).isEqualTo("restart");
            assertThat(interrupt.reconnecting()).isTrue();
            assertThat(interrupt.cause().code()).isEqualTo(ErrorCode.CONNECTION_LOST);
        });
        assertThat(lifecycle.isReady()).isFalse();
    }

    @Test
    void a_server_that_never_answers_is_given_up_after_the_connect_timeout() {
        lifecycle.want();
        lifecycle.tokenReady(1, null);

        List<Effect> effects = lifecycle.alarm(1);

        assertThat(effects).contains(new Effect.Abort());
        assertThat(waiting(effects).cause().getMessage()).contains("connecting took too long");
    }

    @Test
    void a_connection_that_answers_pings_stays() {
        connect(1);
        for (int i = 0; i < 3; i++) {
            assertThat(lifecycle.alarm(1))
                    .containsExactly(new Effect.Ping(), new Effect.SetAlarm(1, Duration.ofSeconds(4)));
            lifecycle.heard(1);
            assertThat(lifecycle.alarm(1)).containsExactly(new Effect.SetAlarm(1, Duration.ofSeconds(10)));
        }
    }

    @Test
    void a_connection_on_which_nothing_arrives_after_a_ping_is_given_up() {
        connect(1);
        lifecycle.heard(1);
        lifecycle.alarm(1);

        List<Effect> effects = lifecycle.alarm(1);

        assertThat(effects).contains(new Effect.Abort());
        assertThat(waiting(effects).cause().code()).isEqualTo(ErrorCode.CONNECTION_LOST);
    }

    @Test
    void pings_come_more_often_when_the_server_is_less_patient() {
        lifecycle.want();
        lifecycle.tokenReady(1, null);
        lifecycle.opened(1);

        assertThat(lifecycle.welcomed(1, welcome(9_000))).contains(new Effect.SetAlarm(1, Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseCode.class,
            names = {"PROTOCOL_ERROR", "FRAME_TOO_LARGE", "UNSUPPORTED_REVISION", "UNKNOWN_DATABASE", "FORBIDDEN"})
    void a_refusal_that_would_repeat_itself_ends_the_client(CloseCode code) {
        connect(1);

        List<Effect> effects = lifecycle.closed(1, Closing.byCode(code.number(), "no"));

        assertThat(end(effects).getMessage()).contains("closeCode=" + code.number());
        assertThat(lifecycle.want()).isEmpty();
    }

    @Test
    void the_goodbye_counts_when_the_connection_then_breaks_without_a_code() {
        connect(1);
        lifecycle.goodbye(1, new ServerMessage.Goodbye(CloseCode.UNKNOWN_DATABASE.number(), "dropped"));
        assertThat(lifecycle.isLeaving()).isTrue();

        List<Effect> effects = lifecycle.closed(1, Closing.failed("reset by peer", Closing.Retry.YES));

        assertThat(end(effects).code()).isEqualTo(ErrorCode.UNKNOWN_DATABASE);
    }

    @Test
    void an_expired_token_is_replaced_by_a_fresh_one() {
        connect(1);
        lifecycle.closed(1, Closing.byCode(CloseCode.TOKEN_EXPIRED.number(), ""));

        assertThat(lifecycle.alarm(1)).contains(new Effect.FetchToken(2));
        assertThat(lifecycle.tokenReady(2, "fresh")).containsExactly(new Effect.Open(2));
    }

    @Test
    void a_token_that_was_refused_is_not_offered_again() {
        lifecycle.want();
        lifecycle.tokenReady(1, "stale");
        lifecycle.opened(1);
        lifecycle.closed(1, Closing.byCode(CloseCode.TOKEN_INVALID.number(), ""));
        lifecycle.alarm(1);

        List<Effect> effects = lifecycle.tokenReady(2, "stale");

        assertThat(end(effects).code()).isEqualTo(ErrorCode.INVALID_TOKEN);
    }

    @Test
    void fresh_tokens_are_tried_three_times() {
        lifecycle.want();
        for (int attempt = 1; attempt <= 3; attempt++) {
            lifecycle.tokenReady(attempt, "token " + attempt);
            lifecycle.opened(attempt);
            waiting(lifecycle.closed(attempt, Closing.byCode(CloseCode.TOKEN_INVALID.number(), "")));
            lifecycle.alarm(attempt);
        }
        lifecycle.tokenReady(4, "token 4");
        lifecycle.opened(4);

        List<Effect> effects = lifecycle.closed(4, Closing.byCode(CloseCode.TOKEN_INVALID.number(), ""));

        assertThat(end(effects).code()).isEqualTo(ErrorCode.INVALID_TOKEN);
    }

    @Test
    void who_has_no_token_is_not_asked_twice() {
        lifecycle.want();
        lifecycle.tokenReady(1, null);
        lifecycle.opened(1);

        List<Effect> effects = lifecycle.closed(1, Closing.byCode(CloseCode.TOKEN_MISSING.number(), ""));

        assertThat(end(effects).code()).isEqualTo(ErrorCode.AUTHENTICATION_REQUIRED);
    }

    @Test
    void a_failing_token_provider_is_asked_again_later() {
        lifecycle.want();

        List<Effect> effects = lifecycle.tokenFailed(1, new IllegalStateException("login is down"));

        assertThat(waiting(effects).cause().code()).isEqualTo(ErrorCode.TOKEN_UNAVAILABLE);
        assertThat(lifecycle.alarm(1)).contains(new Effect.FetchToken(2));
    }

    @Test
    void a_message_that_makes_no_sense_ends_the_client() {
        connect(1);

        List<Effect> effects = lifecycle.broken(1, new CodedException(ErrorCode.MALFORMED_MESSAGE, "frame is empty"));

        assertThat(end(effects).code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE);
    }

    @Test
    void a_closed_client_ignores_everything() {
        connect(1);
        lifecycle.close();

        assertThat(lifecycle.close()).isEmpty();
        assertThat(lifecycle.want()).isEmpty();
        assertThat(lifecycle.alarm(1)).isEmpty();
        assertThat(lifecycle.closed(1, Closing.byCode(1000, ""))).isEmpty();
    }

    private void connect(long attempt) {
        lifecycle.want();
        connectNow(attempt);
    }

    private void connectNow(long attempt) {
        lifecycle.tokenReady(attempt, null);
        lifecycle.opened(attempt);
        lifecycle.welcomed(attempt, welcome(0));
        assertThat(lifecycle.isReady()).isTrue();
    }

    private static ConnectionState.Waiting waiting(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Announce.class::isInstance)
                .map(effect -> ((Effect.Announce) effect).state())
                .filter(ConnectionState.Waiting.class::isInstance)
                .map(ConnectionState.Waiting.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static CodedException end(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.End.class::isInstance)
                .map(effect -> ((Effect.End) effect).cause())
                .findFirst()
                .orElseThrow();
    }

    private static ServerMessage.Welcome welcome(int idleTimeoutMillis) {
        return new ServerMessage.Welcome(
                1,
                List.of(),
                42,
                "ann",
                "main",
                new Position(1, 1),
                new ConnectionLimits(1 << 20, 10, 10, 100, idleTimeoutMillis));
    }
}
