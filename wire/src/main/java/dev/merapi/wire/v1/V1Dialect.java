package dev.merapi.wire.v1;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Dialect;
import dev.merapi.wire.Frame;
import dev.merapi.wire.ServerMessage;
import java.util.function.Consumer;

/** Version 1 as a {@link Dialect}. It remembers nothing between frames. */
public final class V1Dialect implements Dialect {
    public V1Dialect() {}

    @Override
    public String name() {
        return "v1";
    }

    @Override
    public void decode(Frame frame, Consumer<? super ClientMessage> sink) {
        switch (frame) {
            case Frame.Binary binary -> V1Codec.decodeClient(binary.bytes(), 0, binary.bytes().length, sink);
            case Frame.Text text ->
                throw new CodedException(ErrorCode.MALFORMED_MESSAGE, "text frame in a binary protocol")
                        .with("subprotocol", V1Codec.SUBPROTOCOL)
                        .hint("send binary frames");
        }
    }

    @Override
    public void encode(ServerMessage message, BsatnWriter out) {
        V1Codec.encode(message, out);
    }
}
