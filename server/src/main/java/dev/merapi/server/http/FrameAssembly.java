package dev.merapi.server.http;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.server.config.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Puts the fragments of a WebSocket message together, up to a limit for the whole. */
final class FrameAssembly {
    private final int limit;
    private @Nullable ByteArrayOutputStream parts;

    FrameAssembly(int limit) {
        this.limit = limit;
    }

    /**
     * The first fragment of a message.
     *
     * @return the message, if it is whole
     * @throws CodedException MALFORMED_MESSAGE, FRAME_TOO_LARGE
     */
    byte @Nullable [] begin(ByteBuf content, boolean last) {
        if (parts != null) {
            throw new CodedException(ErrorCode.MALFORMED_MESSAGE, "a message begins within another one");
        }
        if (last) {
            return ByteBufUtil.getBytes(content);
        }
        parts = new ByteArrayOutputStream();
        return append(parts, content, false);
    }

    /**
     * A further fragment.
     *
     * @return the message, if it is whole
     * @throws CodedException MALFORMED_MESSAGE, FRAME_TOO_LARGE
     */
    byte @Nullable [] add(ByteBuf content, boolean last) {
        if (parts == null) {
            throw new CodedException(ErrorCode.MALFORMED_MESSAGE, "a fragment continues nothing");
        }
        return append(parts, content, last);
    }

    private byte @Nullable [] append(ByteArrayOutputStream target, ByteBuf content, boolean last) {
        if (target.size() + content.readableBytes() > limit) {
            throw tooLarge();
        }
        target.writeBytes(ByteBufUtil.getBytes(content));
        if (!last) {
            return null;
        }
        parts = null;
        return target.toByteArray();
    }

    CodedException tooLarge() {
        return new CodedException(ErrorCode.FRAME_TOO_LARGE, "frame is longer than the server takes")
                .with("limitBytes", limit)
                .with("name", Limit.FRAME_BYTES.key())
                .hint("send less at a time");
    }
}
