package dev.merapi.wire.v1;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.ServerMessage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Messages to bytes and back.
 *
 * <pre>
 * frame    one binary WebSocket message: one or more messages, end to end
 *
 *          0        4     5
 *          +--------+-----+----------------------+--------+-----+----
 * message  | length | tag | fields of the record | length | tag | …
 *          +--------+-----+----------------------+--------+-----+----
 *          u32 LE   u8    BSATN, in order
 *                   '------- length bytes -------'
 * </pre>
 *
 * Because a message carries its own length, encoded messages may be put together to a frame by copying, and a message
 * that was encoded once may go to many receivers. The fields are plain BSATN; {@code docs/protocol/v1.md} spells out
 * each message.
 *
 * <p>Decoding trusts nothing: each length is checked against what is left before anything is allocated, every byte of a
 * message must be accounted for, and whatever is wrong ends in MALFORMED_MESSAGE and in nothing else.
 *
 * <p>Stateless; any thread.
 */
public final class V1Codec {
    /** The path of the WebSocket endpoint. */
    public static final String PATH = "/v1/ws";

    /** The WebSocket subprotocol both sides must agree on. */
    public static final String SUBPROTOCOL = "v1.merapi";

    /**
     * The newest revision of the messages; {@code Hello} and {@code Welcome} agree on the lower one of both sides. Any
     * change to a message raises it: a test compares the shape of all messages with what is written down for
     * the revision.
     */
    public static final int REVISION = 1;

    /** Bytes in front of the fields of each message: length and tag. */
    public static final int HEADER_BYTES = 5;

    private static final int LENGTH_BYTES = 4;

    private V1Codec() {}

    /**
     * Appends one message.
     *
     * @throws CodedException INVALID_VALUE, WRONG_VALUE_TYPE or VALUE_OUT_OF_RANGE when a text or a parameter cannot be
     *     encoded; the writer is then left as it was
     */
    public static void encode(ClientMessage message, BsatnWriter out) {
        int start = out.size();
        out.putInt(0);
        try {
            ClientMessages.write(message, out);
        } catch (CodedException e) {
            out.truncate(start);
            throw e;
        }
        out.setInt(start, out.size() - start - LENGTH_BYTES);
    }

    /** Appends one message. Never throws for a message a server can build. */
    public static void encode(ServerMessage message, BsatnWriter out) {
        int start = out.size();
        out.putInt(0);
        ServerMessages.write(message, out);
        out.setInt(start, out.size() - start - LENGTH_BYTES);
    }

    /** One message by itself. */
    public static byte[] encode(ClientMessage message) {
        BsatnWriter out = new BsatnWriter(256);
        encode(message, out);
        return out.toByteArray();
    }

    /** One message by itself. */
    public static byte[] encode(ServerMessage message) {
        BsatnWriter out = new BsatnWriter(256);
        encode(message, out);
        return out.toByteArray();
    }

    /**
     * Reads the messages of one frame sent by a client, in order; those before a malformed one are delivered.
     *
     * @throws CodedException MALFORMED_MESSAGE
     */
    public static void decodeClient(byte[] bytes, int offset, int length, Consumer<? super ClientMessage> sink) {
        decode(bytes, offset, length, ClientMessages::read, sink);
    }

    /**
     * Reads the messages of one frame sent by a server, in order; those before a malformed one are delivered.
     *
     * @throws CodedException MALFORMED_MESSAGE
     */
    public static void decodeServer(byte[] bytes, int offset, int length, Consumer<? super ServerMessage> sink) {
        decode(bytes, offset, length, ServerMessages::read, sink);
    }

    private static <M> void decode(
            byte[] bytes, int offset, int length, Function<BsatnReader, M> read, Consumer<? super M> sink) {
        if (length == 0) {
            throw new CodedException(ErrorCode.MALFORMED_MESSAGE, "frame is empty")
                    .hint("a frame carries at least one message");
        }
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int body = bodyLength(bytes, at, end - at);
            sink.accept(decodeOne(new BsatnReader(bytes, at + LENGTH_BYTES, body), at - offset, read));
            at += LENGTH_BYTES + body;
        }
    }

    private static int bodyLength(byte[] bytes, int at, int left) {
        if (left < HEADER_BYTES) {
            throw new CodedException(ErrorCode.MALFORMED_MESSAGE, "frame ends within a message header")
                    .with("left", left);
        }
        int body = new BsatnReader(bytes, at, LENGTH_BYTES).getInt();
        if (body < 1 || body > left - LENGTH_BYTES) {
            throw new CodedException(ErrorCode.MALFORMED_MESSAGE, "message length does not fit into the frame")
                    .with("length", Integer.toUnsignedString(body))
                    .with("left", left - LENGTH_BYTES);
        }
        return body;
    }

    private static <M> M decodeOne(BsatnReader in, int messageOffset, Function<BsatnReader, M> read) {
        int tag = in.array()[in.position()] & 0xff;
        M message;
        try {
            message = read.apply(in);
            in.expectEnd();
        } catch (CodedException e) {
            CodedException malformed = new CodedException(ErrorCode.MALFORMED_MESSAGE, "message cannot be decoded")
                    .with("tag", tag)
                    .with("at", messageOffset)
                    .with("reason", e.getMessage());
            throw malformed.causedBy(e);
        }
        return message;
    }
}
