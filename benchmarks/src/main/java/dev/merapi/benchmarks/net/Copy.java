package dev.merapi.benchmarks.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Sends a number of bytes for each frame that comes in: in frames of a size, as many as the socket takes. One client at
 * a time.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what went wrong
public final class Copy implements BaselineServer.Behaviour {
    private final byte[] source;
    private final int frameBytes;

    // Owned by the event loop.
    private int sent;

    /** @param source all that is sent each time, to be copied from the heap to the socket */
    public Copy(byte[] source, int frameBytes) {
        this.source = source;
        this.frameBytes = frameBytes;
        this.sent = source.length;
    }

    @Override
    public void received(Channel channel, ByteBuf payload) {
        sent = 0;
        send(channel);
    }

    @Override
    public void writabilityChanged(Channel channel) {
        if (channel.isWritable()) {
            send(channel);
        }
    }

    private void send(Channel channel) {
        while (sent < source.length && channel.isWritable()) {
            int start = sent;
            int bytes = Math.min(frameBytes, source.length - start);
            // Before the write, which may call back here: it tells at once when the socket takes no more.
            sent = start + bytes;
            ByteBuf frame = channel.alloc().directBuffer(WebSocketHeader.MAX_BYTES + bytes);
            WebSocketHeader.write(frame, bytes);
            channel.write(frame.writeBytes(source, start, bytes), channel.voidPromise());
        }
        channel.flush();
    }
}
