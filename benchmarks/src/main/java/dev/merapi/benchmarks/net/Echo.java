package dev.merapi.benchmarks.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Answers each request with an answer, both of fixed size. Requests that arrive together in one frame are answered
 * together in one frame, as our server does.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what went wrong
public final class Echo implements BaselineServer.Behaviour {
    private final int requestBytes;
    private final int answerBytes;

    public Echo(int requestBytes, int answerBytes) {
        this.requestBytes = requestBytes;
        this.answerBytes = answerBytes;
    }

    @Override
    public void received(Channel channel, ByteBuf payload) {
        int requests = payload.readableBytes() / requestBytes;
        int bytes = requests * answerBytes;
        ByteBuf frame = channel.alloc().directBuffer(WebSocketHeader.MAX_BYTES + bytes);
        WebSocketHeader.write(frame, bytes);
        // The answer begins with bytes of the request, as an echo does; the rest is zeros.
        int echoed = Math.min(bytes, payload.readableBytes());
        frame.writeBytes(payload, payload.readerIndex(), echoed).writeZero(bytes - echoed);
        channel.write(frame, channel.voidPromise());
    }
}
