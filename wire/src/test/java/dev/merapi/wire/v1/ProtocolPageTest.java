package dev.merapi.wire.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.error.ErrorCategory;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.RowLayout;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.CloseCode;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.ConnectionLimits;
import dev.merapi.wire.ErrorInfo;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.Position;
import dev.merapi.wire.Result;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Start;
import dev.merapi.wire.Statement;
import dev.merapi.wire.TypedValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page for strangers cannot lie: its conversation is compared byte by byte with what we would send. */
class ProtocolPageTest {
    private static final Path PAGE = Path.of("..", "docs", "protocol", "v1.md");
    private static final Pattern FRAME = Pattern.compile("```\n([<>]) ([A-Za-z, ]+)\n(.*?)```", Pattern.DOTALL);

    private static final long EPOCH = 0x00c0ffee00c0ffeeL;
    private static final RowType NOTES =
            RowType.of(Column.required("id", ScalarType.I32), Column.optional("body", ScalarType.TEXT));
    private static final Statement SELECT_NOTES = Statement.of("SELECT id, body FROM notes");

    private record Frame(String direction, List<Object> messages) {}

    @Test
    void each_frame_of_the_conversation_is_what_we_would_send() throws IOException {
        List<Frame> expected = conversation();

        Matcher block = FRAME.matcher(Files.readString(PAGE));
        int count = 0;
        while (block.find()) {
            Frame frame = expected.get(count++);
            assertThat(block.group(1)).isEqualTo(frame.direction());
            assertThat(block.group(2)).isEqualTo(names(frame.messages()));
            assertThat(Hex.of(Hex.bytes(block.group(3)))).as(block.group(2)).isEqualTo(Hex.of(encode(frame)));
            assertThat(names(decode(frame.direction(), Hex.bytes(block.group(3)))))
                    .isEqualTo(block.group(2));
        }
        assertThat(count).isEqualTo(expected.size());
    }

    @Test
    void every_message_type_has_a_row_in_the_tables() throws IOException {
        String page = Files.readString(PAGE);

        for (Class<?> type : ClientMessage.class.getPermittedSubclasses()) {
            assertThat(page).contains("| `" + type.getSimpleName() + "` |");
        }
        for (Class<?> type : ServerMessage.class.getPermittedSubclasses()) {
            assertThat(page).contains("| `" + type.getSimpleName() + "` |");
        }
    }

    @Test
    void every_close_code_has_a_row() throws IOException {
        String page = Files.readString(PAGE);

        for (CloseCode code : CloseCode.values()) {
            assertThat(page).contains("| " + code.number() + " | " + code.name() + " |");
        }
    }

    private static List<Frame> conversation() {
        return List.of(
                client(new ClientMessage.Hello(1, List.of(), null, "main", "by hand")),
                server(new ServerMessage.Welcome(
                        1, List.of(), 7, "", "main", at(41), new ConnectionLimits(1 << 20, 1024, 10000, 10000, 60000))),
                client(new ClientMessage.Execute(
                        1,
                        List.of(Statement.of(
                                "INSERT INTO notes VALUES ($1, $2)",
                                new TypedValue(ScalarType.I32, 1),
                                new TypedValue(ScalarType.TEXT, "hi"))),
                        Confirm.DURABLE)),
                server(new ServerMessage.Results(
                        1, List.of(new Result("INSERT", RowType.EMPTY, List.of(), 1)), at(42), true)),
                client(new ClientMessage.Subscribe(1, SELECT_NOTES, LiveOptions.DEFAULT)),
                server(
                        new ServerMessage.Subscribed(1, 3, NOTES, List.of(0), ResultOrder.NONE, at(42), Start.FRESH),
                        new ServerMessage.Batch(1, List.of(note(1, "hi")), false, at(42)),
                        new ServerMessage.Live(1, 42)),
                server(new ServerMessage.Update(
                        3,
                        43,
                        1767225600000000L,
                        List.of(
                                new RowChange.Update(note(1, "hi"), note(1, "ho")),
                                new RowChange.Insert(note(2, "hey"))),
                        ServerMessage.Update.End.COMMIT)),
                server(new ServerMessage.Progress(57)),
                client(new ClientMessage.Query(2, Statement.of("SELECT nope FROM notes"))),
                server(new ServerMessage.RequestFailed(
                        2,
                        new ErrorInfo(
                                3003,
                                "UNKNOWN_COLUMN",
                                ErrorCategory.NOT_FOUND,
                                false,
                                "42703",
                                "column does not exist",
                                Map.of("column", "nope"),
                                null,
                                OptionalInt.of(8)))),
                client(new ClientMessage.Ping(0xfeed)),
                server(new ServerMessage.Pong(0xfeed)),
                client(new ClientMessage.Subscribe(1, SELECT_NOTES, new LiveOptions(500, OptionalInt.empty(), at(57)))),
                server(
                        new ServerMessage.Subscribed(1, 3, NOTES, List.of(0), ResultOrder.NONE, at(60), Start.RESUMED),
                        new ServerMessage.NetUpdate(
                                1, 60, 1767225660000000L, List.of(new RowChange.Delete(note(2, "hey"))), true),
                        new ServerMessage.Live(1, 60)),
                client(new ClientMessage.Unsubscribe(1)),
                server(new ServerMessage.SubscriptionEnded(1, null)),
                server(new ServerMessage.Goodbye(1001, "server is shutting down")));
    }

    private static Position at(long offset) {
        return new Position(EPOCH, offset);
    }

    private static byte[] note(int id, String body) {
        return RowLayout.of(NOTES).encode(id, body);
    }

    private static Frame client(ClientMessage... messages) {
        return new Frame(">", List.of((Object[]) messages));
    }

    private static Frame server(ServerMessage... messages) {
        return new Frame("<", List.of((Object[]) messages));
    }

    private static byte[] encode(Frame frame) {
        BsatnWriter out = new BsatnWriter();
        for (Object message : frame.messages()) {
            switch (message) {
                case ClientMessage m -> V1Codec.encode(m, out);
                case ServerMessage m -> V1Codec.encode(m, out);
                default -> throw new AssertionError(message);
            }
        }
        return out.toByteArray();
    }

    private static List<Object> decode(String direction, byte[] frame) {
        List<Object> messages = new ArrayList<>();
        if (direction.equals(">")) {
            V1Codec.decodeClient(frame, 0, frame.length, messages::add);
        } else {
            V1Codec.decodeServer(frame, 0, frame.length, messages::add);
        }
        return messages;
    }

    private static String names(List<Object> messages) {
        return messages.stream().map(m -> m.getClass().getSimpleName()).collect(Collectors.joining(", "));
    }
}
