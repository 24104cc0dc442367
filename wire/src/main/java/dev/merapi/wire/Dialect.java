package dev.merapi.wire;

import dev.merapi.api.value.BsatnWriter;
import java.util.function.Consumer;

/**
 * Translation between the frames of one protocol and the neutral messages; no logic of its own. An instance serves one
 * connection and holds what the protocol makes it remember; it is called by one thread at a time.
 */
public interface Dialect {
    /** The dialect's name in logs and metrics, such as {@code "v1"}. */
    String name();

    /**
     * Translates one frame of the client.
     *
     * @param sink gets the messages in order; those before a malformed one are delivered
     * @throws dev.merapi.api.error.CodedException MALFORMED_MESSAGE or another 5xxx code: the connection is to
     *     be closed
     */
    void decode(Frame frame, Consumer<? super ClientMessage> sink);

    /**
     * Appends a message in encoded form. Encoded messages put end to end are a binary frame, and the encoded form is
     * the same for all connections of the dialect. Remembers nothing; any thread.
     */
    void encode(ServerMessage message, BsatnWriter out);
}
