package dev.merapi.wire.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.ErrorInfo;
import dev.merapi.wire.Frame;
import dev.merapi.wire.Position;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Start;
import dev.merapi.wire.Statement;
import dev.merapi.wire.TypedValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page's conversation does not show, byte by byte; and what is refused. */
class V1TranscriptTest {
    @Test
    void hello_with_everything() {
        assertClient(new ClientMessage.Hello(2, List.of("zip"), "s3cret", "", "x"), """
            24 00 00 00              length
            00                       tag: Hello
            02 00 00 00              revision: 2
            01 00 00 00              1 capability
            03 00 00 00 7a 69 70     "zip"
            00                       token: some
            06 00 00 00              6 bytes
            73 33 63 72 65 74        "s3cret"
            00 00 00 00              database: the default
            01 00 00 00 78           client name: "x"
            """);
    }

    @Test
    void parameters_of_many_types() {
        assertClient(
                new ClientMessage.Execute(
                        5,
                        List.of(Statement.of(
                                "f",
                                TypedValue.NULL,
                                new TypedValue(ScalarType.I64, null),
                                new TypedValue(DecimalType.UNCONSTRAINED, new BigDecimal("-1.5")),
                                new TypedValue(new ArrayType(ScalarType.BOOL, false), List.of(true, false)))),
                        Confirm.COMMITTED),
                """
                33 00 00 00              length
                01                       tag: Execute
                05 00 00 00 00 00 00 00  request id
                01 00 00 00              1 statement
                01 00 00 00 66           sql: "f"
                04 00 00 00              4 parameters
                01                       $1: untyped NULL
                00 04 01                 $2: typed, I64, none
                00 40 00 00 00 00        $3: typed, numeric, precision 0, scale 0
                00                       some
                01 00                    scale: 1
                01 00 00 00 f1           unscaled: 1 byte, -15
                00 42 00                 $4: typed, array of boolean
                00                       some
                02 00 00 00 01 00        2 elements: true, false
                01                       confirm: COMMITTED
                """);
    }

    @Test
    void cancel_next_batch_and_parts_of_results() {
        assertClient(new ClientMessage.Cancel(9), """
            09 00 00 00              length
            03                       tag: Cancel
            09 00 00 00 00 00 00 00  request id
            """);
        assertClient(new ClientMessage.NextBatch(-2), """
            05 00 00 00              length
            05                       tag: NextBatch
            fe ff ff ff              subscription id
            """);
        assertServer(new ServerMessage.ResultRows(9, 1, List.of(new byte[] {7, 8}, new byte[0])), """
            1b 00 00 00              length
            02                       tag: ResultRows
            09 00 00 00 00 00 00 00  request id
            01 00 00 00              statement: 1
            02 00 00 00              2 rows
            02 00 00 00 07 08        row of 2 bytes
            00 00 00 00              row of no bytes
            """);
    }

    @Test
    void a_reset_says_why() {
        byte[] bytes = V1Codec.encode(new ServerMessage.Subscribed(
                1,
                2,
                RowType.EMPTY,
                List.of(),
                ResultOrder.NONE,
                new Position(3, 4),
                new Start.Reset(Start.ResetReason.HISTORY_TRUNCATED)));

        assertThat(Hex.of(bytes)).endsWith("02 01");
    }

    private static final RowType NAME_AND_AGE =
            RowType.of(Column.required("name", ScalarType.TEXT), Column.optional("$1", ScalarType.I32));

    @Test
    void an_order_may_be_by_a_hidden_column() {
        ResultOrder order = new ResultOrder(List.of(new ResultOrder.Part(1, true, false)), 1);
        byte[] bytes = V1Codec.encode(
                new ServerMessage.Subscribed(1, 2, NAME_AND_AGE, List.of(0), order, new Position(3, 4), Start.FRESH));

        assertThat(Hex.of(bytes))
                .contains("01 00 00 00 00 00 00 00 01 00 00 00 01 00 00 00 01 00 01 00 00 00 03 00 00 00");
        assertThat(decodeServer(bytes))
                .containsExactly(new ServerMessage.Subscribed(
                        1, 2, NAME_AND_AGE, List.of(0), order, new Position(3, 4), Start.FRESH));
    }

    @Test
    void an_order_by_a_column_that_is_not_there_is_malformed() {
        refused(List.of(), new ResultOrder(List.of(new ResultOrder.Part(2, false, false)), 0));
        refused(List.of(), new ResultOrder(List.of(), 3));
        refused(List.of(1), new ResultOrder(List.of(), 1));
    }

    private static void refused(List<Integer> key, ResultOrder order) {
        byte[] bytes = V1Codec.encode(
                new ServerMessage.Subscribed(1, 2, NAME_AND_AGE, key, order, new Position(3, 4), Start.FRESH));

        assertThatThrownBy(() -> decodeServer(bytes))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE));
    }

    @Test
    void an_error_that_quotes_broken_text_is_still_sent() {
        CodedException e = new CodedException(ErrorCode.INVALID_VALUE, "text holds an unpaired surrogate")
                .with("text", "a\ud800b")
                .hint("\udc00");

        List<ServerMessage> received =
                decodeServer(V1Codec.encode(new ServerMessage.RequestFailed(1, ErrorInfo.of(e))));

        ErrorInfo error = ((ServerMessage.RequestFailed) received.get(0)).error();
        assertThat(error.context()).containsEntry("text", "a?b");
        assertThat(error.hint()).isEqualTo("?");
    }

    @Test
    void a_message_that_cannot_be_encoded_leaves_the_frame_as_it_was() {
        BsatnWriter out = new BsatnWriter();
        V1Codec.encode(new ClientMessage.Ping(1), out);
        int size = out.size();

        assertThatThrownBy(() -> V1Codec.encode(new ClientMessage.Query(1, Statement.of("SELECT '\ud800'")), out))
                .isInstanceOf(CodedException.class);

        assertThat(out.size()).isEqualTo(size);
    }

    @Test
    void malformed_frames_are_refused_with_a_reason() {
        assertRefused("", "frame is empty");
        assertRefused("01 00 00", "frame ends within a message header");
        assertRefused("00 00 00 00 07", "message length does not fit into the frame: length=0");
        assertRefused("ff ff ff ff 07", "message length does not fit into the frame: length=4294967295");
        assertRefused("01 00 00 00 63", "unknown tag of a client message: tag=99");
        assertRefused("08 00 00 00 07 01 00 00 00 00 00 00", "bytes end too early");
        assertRefused("0a 00 00 00 07 01 00 00 00 00 00 00 00 ff", "bytes are left over");
        assertRefused("09 00 00 00 03 01 00 00 00 00 00 00 00 01", "frame ends within a message header");
    }

    @Test
    void a_count_larger_than_what_is_left_is_refused_before_anything_is_allocated() {
        assertRefused("""
            11 00 00 00              length
            01                       tag: Execute
            01 00 00 00 00 00 00 00  request id
            ff ff ff 7f              2147483647 statements
            00 00 00 00
            """, "length exceeds what is left");
    }

    @Test
    void messages_before_a_malformed_one_are_delivered() {
        List<ClientMessage> delivered = new ArrayList<>();
        byte[] frame = Hex.bytes("09 00 00 00 07 05 00 00 00 00 00 00 00\n01 00 00 00 63");

        assertThatThrownBy(() -> V1Codec.decodeClient(frame, 0, frame.length, delivered::add))
                .hasMessageContaining("at=13");

        assertThat(delivered).containsExactly(new ClientMessage.Ping(5));
    }

    @Test
    void the_dialect_refuses_text() {
        assertThatThrownBy(() -> new V1Dialect().decode(new Frame.Text("{}"), m -> {}))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("text frame");
    }

    @Test
    void messages_of_the_dialect_put_end_to_end_are_a_frame() {
        V1Dialect dialect = new V1Dialect();
        BsatnWriter out = new BsatnWriter();

        dialect.encode(new ServerMessage.Pong(1), out);
        dialect.encode(new ServerMessage.Pong(2), out);

        assertThat(decodeServer(out.toByteArray()))
                .containsExactly(new ServerMessage.Pong(1), new ServerMessage.Pong(2));
    }

    private static void assertClient(ClientMessage message, String bytes) {
        assertThat(Hex.of(V1Codec.encode(message))).isEqualTo(Hex.of(Hex.bytes(bytes)));
        List<ClientMessage> decoded = new ArrayList<>();
        byte[] frame = Hex.bytes(bytes);
        V1Codec.decodeClient(frame, 0, frame.length, decoded::add);
        assertThat(decoded).containsExactly(message);
    }

    private static void assertServer(ServerMessage message, String bytes) {
        assertThat(Hex.of(V1Codec.encode(message))).isEqualTo(Hex.of(Hex.bytes(bytes)));
        assertThat(decodeServer(Hex.bytes(bytes))).usingRecursiveComparison().isEqualTo(List.of(message));
    }

    private static List<ServerMessage> decodeServer(byte[] frame) {
        List<ServerMessage> decoded = new ArrayList<>();
        V1Codec.decodeServer(frame, 0, frame.length, decoded::add);
        return decoded;
    }

    private static void assertRefused(String bytes, String reason) {
        byte[] frame = Hex.bytes(bytes);
        assertThatThrownBy(() -> V1Codec.decodeClient(frame, 0, frame.length, m -> {}))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE))
                .hasMessageContaining(reason);
    }
}
