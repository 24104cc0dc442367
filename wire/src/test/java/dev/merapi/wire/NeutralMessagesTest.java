package dev.merapi.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCategory;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.wire.CloseCode.Reaction;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NeutralMessagesTest {
    @Test
    void a_position_survives_its_text_form() {
        for (Position position : List.of(
                new Position(0, 0), new Position(-1, Long.MAX_VALUE), new Position(0x00c0ffee00c0ffeeL, 4711))) {
            assertThat(Position.parse(position.toString())).isEqualTo(position);
        }
        assertThat(new Position(0x00c0ffee00c0ffeeL, 4711)).hasToString("4711@00c0ffee00c0ffee");
    }

    @Test
    void text_that_is_no_position_is_refused() {
        for (String text : List.of(
                "",
                "@",
                "1@",
                "@00c0ffee00c0ffee",
                "-1@00c0ffee00c0ffee",
                "+1@00c0ffee00c0ffee",
                "1@c0ffee",
                "1@+0c0ffee00c0ffee",
                "1@00c0ffee00c0ffeg",
                "9223372036854775808@00c0ffee00c0ffee")) {
            assertThatThrownBy(() -> Position.parse(text))
                    .as(text)
                    .isInstanceOfSatisfying(
                            CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_POSITION));
        }
    }

    @Test
    void the_number_of_a_close_code_tells_the_reaction() {
        assertThat(CloseCode.GOING_AWAY.reaction()).isEqualTo(Reaction.RECONNECT);
        assertThat(CloseCode.SLOW_CONSUMER.reaction()).isEqualTo(Reaction.RECONNECT);
        assertThat(CloseCode.TOKEN_EXPIRED.reaction()).isEqualTo(Reaction.REAUTHENTICATE);
        assertThat(CloseCode.PROTOCOL_ERROR.reaction()).isEqualTo(Reaction.STAY_AWAY);
        assertThat(CloseCode.NORMAL.reaction()).isEqualTo(Reaction.STAY_AWAY);
        assertThat(CloseCode.reactionTo(1006)).isEqualTo(Reaction.RECONNECT);
        assertThat(CloseCode.reactionTo(1009)).isEqualTo(Reaction.STAY_AWAY);
        assertThat(CloseCode.reactionTo(4199)).isEqualTo(Reaction.RECONNECT);
        assertThat(CloseCode.reactionTo(4399)).isEqualTo(Reaction.REAUTHENTICATE);
        assertThat(CloseCode.reactionTo(4999)).isEqualTo(Reaction.STAY_AWAY);
        assertThat(CloseCode.find(4001)).contains(CloseCode.IDLE_TIMEOUT);
        assertThat(CloseCode.find(4999)).isEmpty();
    }

    @Test
    void an_error_becomes_the_same_exception_on_the_other_side() {
        CodedException sent = new CodedException(ErrorCode.UNKNOWN_COLUMN, "column does not exist")
                .with("column", "nme")
                .at(8)
                .hint("did you mean name?");

        CodedException received = ErrorInfo.of(sent).toException();

        assertThat(received).hasToString(sent.toString());
        assertThat(received.position()).hasValue(8);
    }

    @Test
    void a_code_nobody_knows_keeps_its_name() {
        ErrorInfo unknown = new ErrorInfo(
                3999, "OUT_OF_TUNE", ErrorCategory.LIMITED, true, "", "no", Map.of(), null, OptionalInt.empty());

        assertThat(unknown.toException().code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(unknown.toException()).hasMessageContaining("OUT_OF_TUNE");
    }
}
