package dev.merapi.benchmarks.net;

import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.v1.V1Codec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One socket of a swarm: says the WebSocket handshake and the greeting by itself, then follows the messages. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what went wrong
final class SwarmSocket extends ByteToMessageDecoder {
    private static final ByteBuf END_OF_HEAD =
            Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer("\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    private static final String SWITCHING = "HTTP/1.1 101 ";
    private static final String REQUEST = "GET " + BaselineServer.PATH + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: " + BaselineServer.SUBPROTOCOL + "\r\n\r\n";

    private static final int LENGTH_BYTES = 4;
    private static final byte UPDATE =
            V1Codec.encode(new ServerMessage.Update(0, 0, 0, List.of(), ServerMessage.Update.End.COMMIT))[LENGTH_BYTES];
    /** Where the offset of an update is: behind length, tag and result id. */
    private static final int OFFSET_AT = LENGTH_BYTES + 1 + Long.BYTES;

    private final SocketSwarm swarm;
    private final byte @Nullable [] greeting;
    private boolean upgraded;
    private long lastOffset = -1;
    private int updates;

    SwarmSocket(SocketSwarm swarm, byte @Nullable [] greeting) {
        this.swarm = swarm;
        this.greeting = greeting;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.copiedBuffer(REQUEST, StandardCharsets.US_ASCII));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (!upgraded && !upgrade(ctx, in)) {
            return;
        }
        long bytes = WebSocketHeader.frameBytes(in);
        while (bytes > 0 && in.readableBytes() >= bytes) {
            if ((in.getByte(in.readerIndex()) & 0xff) != WebSocketHeader.FINAL_BINARY) {
                swarm.failed("a frame is not a whole binary one: the server closes");
                ctx.close();
                return;
            }
            int end = in.readerIndex() + (int) bytes;
            in.skipBytes(WebSocketHeader.headerBytes(in));
            while (in.readerIndex() < end) {
                message(in);
            }
            bytes = WebSocketHeader.frameBytes(in);
        }
    }

    private boolean upgrade(ChannelHandlerContext ctx, ByteBuf in) {
        int end = ByteBufUtil.indexOf(END_OF_HEAD, in);
        if (end < 0) {
            return false;
        }
        String head = in.toString(in.readerIndex(), SWITCHING.length(), StandardCharsets.US_ASCII);
        in.readerIndex(end + END_OF_HEAD.readableBytes());
        if (!head.equals(SWITCHING)) {
            swarm.failed("the handshake was answered with " + head);
        }
        upgraded = true;
        if (greeting == null) {
            swarm.socketReady();
        } else {
            ByteBuf frame = ctx.alloc().buffer();
            WebSocketHeader.writeMasked(frame, greeting.length);
            ctx.writeAndFlush(frame.writeBytes(greeting));
        }
        return true;
    }

    private void message(ByteBuf in) {
        int start = in.readerIndex();
        int bytes = LENGTH_BYTES + in.getIntLE(start);
        if (in.getByte(start + LENGTH_BYTES) == UPDATE) {
            update(in.getLongLE(start + OFFSET_AT));
            if (!swarm.hasSample()) {
                swarm.sample(ByteBufUtil.getBytes(in, start, bytes));
            }
        } else {
            byte[] message = ByteBufUtil.getBytes(in, start, bytes);
            V1Codec.decodeServer(message, 0, bytes, this::rare);
        }
        in.readerIndex(start + bytes);
    }

    private void update(long offset) {
        if (lastOffset >= 0 && offset != lastOffset + 1) {
            swarm.failed("update " + offset + " follows " + lastOffset);
        }
        lastOffset = offset;
        updates++;
    }

    private void rare(ServerMessage message) {
        switch (message) {
            case ServerMessage.Live m -> swarm.socketReady();
            case ServerMessage.Batch m when !m.hasMore() -> {}
            case ServerMessage.Batch m -> swarm.failed("initial rows do not fit one batch");
            case ServerMessage.SubscriptionEnded m -> swarm.failed("live query ended: " + m.error());
            case ServerMessage.NetUpdate m -> swarm.failed("a subscriber was too slow and got a net update");
            case ServerMessage.Goodbye m -> swarm.failed("server says goodbye: " + m.reason());
            case ServerMessage.Welcome m -> {}
            case ServerMessage.Subscribed m -> {}
            case ServerMessage.Progress m -> {}
            default -> swarm.failed("unexpected message: " + message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        super.channelReadComplete(ctx);
        if (updates > 0) {
            swarm.received(updates);
            updates = 0;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        swarm.failed(cause.toString());
        ctx.close();
    }
}
