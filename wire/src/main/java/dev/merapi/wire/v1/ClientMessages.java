package dev.merapi.wire.v1;

import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.LiveOptions;

/** Tag and fields of each message a client sends. Tags are never reused. */
final class ClientMessages {
    private static final int HELLO = 0;
    private static final int EXECUTE = 1;
    private static final int QUERY = 2;
    private static final int CANCEL = 3;
    private static final int SUBSCRIBE = 4;
    private static final int NEXT_BATCH = 5;
    private static final int UNSUBSCRIBE = 6;
    private static final int PING = 7;
    private static final int CALL = 8;

    private ClientMessages() {}

    static void write(ClientMessage message, BsatnWriter out) {
        switch (message) {
            case ClientMessage.Hello m -> writeHello(m, out);
            case ClientMessage.Execute m -> {
                out.putByte(EXECUTE).putLong(m.requestId());
                Fields.writeStatements(out, m.statements());
                out.putByte(m.confirm().ordinal());
            }
            case ClientMessage.Query m -> {
                out.putByte(QUERY).putLong(m.requestId());
                Fields.writeStatement(out, m.statement());
            }
            case ClientMessage.Cancel m -> out.putByte(CANCEL).putLong(m.requestId());
            case ClientMessage.Subscribe m -> writeSubscribe(m, out);
            case ClientMessage.NextBatch m -> out.putByte(NEXT_BATCH).putInt(m.subscriptionId());
            case ClientMessage.Unsubscribe m -> out.putByte(UNSUBSCRIBE).putInt(m.subscriptionId());
            case ClientMessage.Call m ->
                out.putByte(CALL)
                        .putLong(m.requestId())
                        .putString(m.function())
                        .putBytes(m.arguments())
                        .putByte(m.confirm().ordinal());
            case ClientMessage.Ping m -> out.putByte(PING).putLong(m.nonce());
        }
    }

    static ClientMessage read(BsatnReader in) {
        int tag = in.getUnsignedByte();
        return switch (tag) {
            case HELLO -> readHello(in);
            case EXECUTE ->
                new ClientMessage.Execute(
                        in.getLong(),
                        Fields.readStatements(in),
                        Fields.readConstant(in, Confirm.values(), "confirmation"));
            case QUERY -> new ClientMessage.Query(in.getLong(), Fields.readStatement(in));
            case CANCEL -> new ClientMessage.Cancel(in.getLong());
            case SUBSCRIBE -> new ClientMessage.Subscribe(in.getInt(), Fields.readStatement(in), readLiveOptions(in));
            case NEXT_BATCH -> new ClientMessage.NextBatch(in.getInt());
            case UNSUBSCRIBE -> new ClientMessage.Unsubscribe(in.getInt());
            case CALL ->
                new ClientMessage.Call(
                        in.getLong(),
                        in.getString(),
                        in.getBytes(),
                        Fields.readConstant(in, Confirm.values(), "confirmation"));
            case PING -> new ClientMessage.Ping(in.getLong());
            default -> throw Fields.unknownTag("client message", tag);
        };
    }

    private static void writeHello(ClientMessage.Hello m, BsatnWriter out) {
        out.putByte(HELLO).putInt(m.revision());
        Fields.writeStrings(out, m.capabilities());
        Fields.writeOption(out, m.token(), Fields::writeString);
        out.putString(m.database()).putString(m.clientName());
    }

    private static ClientMessage.Hello readHello(BsatnReader in) {
        return new ClientMessage.Hello(
                Fields.readNaturalInt(in),
                Fields.readStrings(in),
                Fields.readOption(in, BsatnReader::getString),
                in.getString(),
                in.getString());
    }

    private static void writeSubscribe(ClientMessage.Subscribe m, BsatnWriter out) {
        LiveOptions options = m.options();
        out.putByte(SUBSCRIBE).putInt(m.subscriptionId());
        Fields.writeStatement(out, m.statement());
        out.putInt(options.batchSize());
        Fields.writeOptionalInt(out, options.lastRows());
        Fields.writeOption(out, options.from(), Fields::writePosition);
    }

    private static LiveOptions readLiveOptions(BsatnReader in) {
        return new LiveOptions(
                Fields.readNaturalInt(in), Fields.readOptionalInt(in), Fields.readOption(in, Fields::readPosition));
    }
}
