package dev.merapi.server;

import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.v1.V1Codec;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads the messages of a raw socket, after a long silence. */
final class FrameReader {
    private final RawSocket socket;

    FrameReader(RawSocket socket) {
        this.socket = socket;
    }

    /** What subscription 1 holds once it has reached an offset. Snapshots must fit one batch. */
    LiveView viewUntil(long offset) throws IOException {
        LiveView view = new LiveView(null, 1);
        while (!view.hasReached(offset)) {
            readFrame(view::take);
        }
        return view;
    }

    /** Hands over the messages of the next frame. */
    void readFrame(Consumer<ServerMessage> take) throws IOException {
        byte[] payload = socket.readFrame();
        V1Codec.decodeServer(payload, 0, payload.length, take);
    }
}
