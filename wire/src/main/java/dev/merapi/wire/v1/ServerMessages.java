package dev.merapi.wire.v1;

import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.SchemaCodec;
import dev.merapi.wire.ConnectionLimits;
import dev.merapi.wire.Result;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Start;
import java.util.List;

/** Tag and fields of each message a server sends. Tags are never reused. */
final class ServerMessages {
    private static final int WELCOME = 0;
    private static final int RESULTS = 1;
    private static final int RESULT_ROWS = 2;
    private static final int REQUEST_FAILED = 3;
    private static final int SUBSCRIBED = 4;
    private static final int BATCH = 5;
    private static final int UPDATE = 6;
    private static final int NET_UPDATE = 7;
    private static final int PROGRESS = 8;
    private static final int SUBSCRIPTION_ENDED = 9;
    private static final int PONG = 10;
    private static final int GOODBYE = 11;
    private static final int LIVE = 12;

    private static final int FRESH = 0;
    private static final int RESUMED = 1;
    private static final int RESET = 2;

    /** Command, row type, rows and count, each at its shortest. */
    private static final int MIN_RESULT = 20;

    /** Column, direction, place of NULL. */
    private static final int ORDER_PART = 6;

    private static final ServerMessage.Update.End[] ENDS = ServerMessage.Update.End.values();

    private ServerMessages() {}

    static void write(ServerMessage message, BsatnWriter out) {
        switch (message) {
            case ServerMessage.Welcome m -> writeWelcome(m, out);
            case ServerMessage.Results m -> writeResults(m, out);
            case ServerMessage.ResultRows m -> {
                out.putByte(RESULT_ROWS).putLong(m.requestId()).putInt(m.statement());
                Fields.writeRows(out, m.rows());
            }
            case ServerMessage.RequestFailed m -> {
                out.putByte(REQUEST_FAILED).putLong(m.requestId());
                Fields.writeError(out, m.error());
            }
            case ServerMessage.Subscribed m -> writeSubscribed(m, out);
            case ServerMessage.Batch m -> writeBatch(m, out);
            case ServerMessage.Update m -> {
                out.putByte(UPDATE).putLong(m.resultId()).putLong(m.offset()).putLong(m.timestampMicros());
                Fields.writeChanges(out, m.changes());
                out.putByte(m.end().ordinal());
            }
            case ServerMessage.NetUpdate m -> {
                out.putByte(NET_UPDATE)
                        .putInt(m.subscriptionId())
                        .putLong(m.offset())
                        .putLong(m.timestampMicros());
                Fields.writeChanges(out, m.changes());
                out.putBoolean(m.last());
            }
            case ServerMessage.Progress m -> out.putByte(PROGRESS).putLong(m.offset());
            case ServerMessage.Live m ->
                out.putByte(LIVE).putInt(m.subscriptionId()).putLong(m.offset());
            case ServerMessage.SubscriptionEnded m -> {
                out.putByte(SUBSCRIPTION_ENDED).putInt(m.subscriptionId());
                Fields.writeOption(out, m.error(), Fields::writeError);
            }
            case ServerMessage.Pong m -> out.putByte(PONG).putLong(m.nonce());
            case ServerMessage.Goodbye m -> {
                out.putByte(GOODBYE).putShort(m.code());
                Fields.writeQuotedText(out, m.reason());
            }
        }
    }

    static ServerMessage read(BsatnReader in) {
        int tag = in.getUnsignedByte();
        return switch (tag) {
            case WELCOME -> readWelcome(in);
            case RESULTS ->
                new ServerMessage.Results(
                        in.getLong(),
                        Fields.readList(in, MIN_RESULT, ServerMessages::readResult),
                        Fields.readPosition(in),
                        in.getBoolean());
            case RESULT_ROWS ->
                new ServerMessage.ResultRows(in.getLong(), Fields.readNaturalInt(in), Fields.readRows(in));
            case REQUEST_FAILED -> new ServerMessage.RequestFailed(in.getLong(), Fields.readError(in));
            case SUBSCRIBED -> readSubscribed(in);
            case BATCH ->
                new ServerMessage.Batch(in.getInt(), Fields.readRows(in), in.getBoolean(), Fields.readPosition(in));
            case UPDATE ->
                new ServerMessage.Update(
                        in.getLong(),
                        Fields.readOffset(in),
                        in.getLong(),
                        Fields.readChanges(in),
                        Fields.readConstant(in, ENDS, "end of an update"));
            case NET_UPDATE ->
                new ServerMessage.NetUpdate(
                        in.getInt(), Fields.readOffset(in), in.getLong(), Fields.readChanges(in), in.getBoolean());
            case PROGRESS -> new ServerMessage.Progress(Fields.readOffset(in));
            case LIVE -> new ServerMessage.Live(in.getInt(), Fields.readOffset(in));
            case SUBSCRIPTION_ENDED ->
                new ServerMessage.SubscriptionEnded(in.getInt(), Fields.readOption(in, Fields::readError));
            case PONG -> new ServerMessage.Pong(in.getLong());
            case GOODBYE -> new ServerMessage.Goodbye(Short.toUnsignedInt(in.getShort()), in.getString());
            default -> throw Fields.unknownTag("server message", tag);
        };
    }

    private static void writeWelcome(ServerMessage.Welcome m, BsatnWriter out) {
        out.putByte(WELCOME).putInt(m.revision());
        Fields.writeStrings(out, m.capabilities());
        out.putLong(m.connectionId());
        out.putString(m.identity()).putString(m.database());
        Fields.writePosition(out, m.position());
        ConnectionLimits limits = m.limits();
        out.putInt(limits.maxFrameBytes())
                .putInt(limits.maxRequestsInFlight())
                .putInt(limits.maxSubscriptions())
                .putInt(limits.maxBatchRows())
                .putInt(limits.idleTimeoutMillis());
    }

    private static ServerMessage.Welcome readWelcome(BsatnReader in) {
        return new ServerMessage.Welcome(
                Fields.readNaturalInt(in),
                Fields.readStrings(in),
                in.getLong(),
                in.getString(),
                in.getString(),
                Fields.readPosition(in),
                new ConnectionLimits(
                        Fields.readNaturalInt(in),
                        Fields.readNaturalInt(in),
                        Fields.readNaturalInt(in),
                        Fields.readNaturalInt(in),
                        Fields.readNaturalInt(in)));
    }

    private static void writeResults(ServerMessage.Results m, BsatnWriter out) {
        out.putByte(RESULTS).putLong(m.requestId());
        Fields.writeList(out, m.results(), ServerMessages::writeResult);
        Fields.writePosition(out, m.position());
        out.putBoolean(m.durable());
    }

    private static void writeResult(BsatnWriter out, Result result) {
        out.putString(result.command());
        SchemaCodec.writeRowType(out, result.rowType());
        Fields.writeRows(out, result.rows());
        out.putLong(result.rowCount());
    }

    private static Result readResult(BsatnReader in) {
        return new Result(in.getString(), SchemaCodec.readRowType(in), Fields.readRows(in), Fields.readOffset(in));
    }

    private static void writeSubscribed(ServerMessage.Subscribed m, BsatnWriter out) {
        out.putByte(SUBSCRIBED).putInt(m.subscriptionId()).putLong(m.resultId());
        SchemaCodec.writeRowType(out, m.rowType());
        Fields.writeList(out, m.keyColumns(), BsatnWriter::putInt);
        Fields.writeList(out, m.order().columns(), ServerMessages::writeOrderPart);
        out.putInt(m.order().hidden());
        Fields.writePosition(out, m.position());
        switch (m.start()) {
            case Start.Fresh s -> out.putByte(FRESH);
            case Start.Resumed s -> out.putByte(RESUMED);
            case Start.Reset s -> out.putByte(RESET).putByte(s.reason().ordinal());
        }
    }

    private static void writeOrderPart(BsatnWriter out, ResultOrder.Part part) {
        out.putInt(part.column());
        out.putBoolean(part.descending());
        out.putBoolean(part.nullsFirst());
    }

    private static ServerMessage.Subscribed readSubscribed(BsatnReader in) {
        int subscriptionId = in.getInt();
        long resultId = in.getLong();
        RowType rowType = SchemaCodec.readRowType(in);
        List<Integer> keyColumns = Fields.readList(in, Integer.BYTES, Fields::readNaturalInt);
        List<ResultOrder.Part> order = Fields.readList(in, ORDER_PART, ServerMessages::readOrderPart);
        int hidden = Fields.readNaturalInt(in);
        int shown = rowType.size() - hidden;
        if (shown < 0) {
            throw Fields.malformed("more hidden columns than columns").with("hidden", hidden);
        }
        keyColumns.forEach(column -> requireColumn(column, shown));
        order.forEach(part -> requireColumn(part.column(), rowType.size()));
        return new ServerMessage.Subscribed(
                subscriptionId,
                resultId,
                rowType,
                keyColumns,
                new ResultOrder(order, hidden),
                Fields.readPosition(in),
                readStart(in));
    }

    private static ResultOrder.Part readOrderPart(BsatnReader in) {
        return new ResultOrder.Part(Fields.readNaturalInt(in), in.getBoolean(), in.getBoolean());
    }

    private static void requireColumn(int column, int columns) {
        if (column >= columns) {
            throw Fields.malformed("no such column").with("column", column).with("columns", columns);
        }
    }

    private static Start readStart(BsatnReader in) {
        int tag = in.getUnsignedByte();
        return switch (tag) {
            case FRESH -> Start.FRESH;
            case RESUMED -> Start.RESUMED;
            case RESET -> new Start.Reset(Fields.readConstant(in, Start.ResetReason.values(), "reset reason"));
            default -> throw Fields.unknownTag("start", tag);
        };
    }

    private static void writeBatch(ServerMessage.Batch m, BsatnWriter out) {
        out.putByte(BATCH).putInt(m.subscriptionId());
        Fields.writeRows(out, m.rows());
        out.putBoolean(m.hasMore());
        Fields.writePosition(out, m.position());
    }
}
