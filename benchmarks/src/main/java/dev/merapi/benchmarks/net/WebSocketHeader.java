package dev.merapi.benchmarks.net;

import io.netty.buffer.ByteBuf;

/** Headers of final binary WebSocket frames (RFC 6455, 5.2). */
final class WebSocketHeader {
    static final int FINAL_BINARY = 0x82;
    static final int MAX_BYTES = 10;

    private static final int MASKED = 0x80;
    private static final int MEDIUM = 126;
    private static final int LONG = 127;

    private WebSocketHeader() {}

    /** A frame of a server. */
    static void write(ByteBuf out, int payloadBytes) {
        write(out, payloadBytes, 0);
    }

    /** A frame of a client: masked, by zeros, which leave the payload as it is. */
    static void writeMasked(ByteBuf out, int payloadBytes) {
        write(out, payloadBytes, MASKED);
        out.writeInt(0);
    }

    private static void write(ByteBuf out, int payloadBytes, int mask) {
        out.writeByte(FINAL_BINARY);
        if (payloadBytes < MEDIUM) {
            out.writeByte(mask | payloadBytes);
        } else if (payloadBytes <= 0xffff) {
            out.writeByte(mask | MEDIUM).writeShort(payloadBytes);
        } else {
            out.writeByte(mask | LONG).writeLong(payloadBytes);
        }
    }

    /** The length of the whole unmasked frame at the reader's index, header included; -1 when its header is cut. */
    static long frameBytes(ByteBuf in) {
        int at = in.readerIndex();
        int readable = in.readableBytes();
        if (readable < 2) {
            return -1;
        }
        int length = in.getByte(at + 1) & 0x7f;
        return switch (length) {
            case MEDIUM -> readable < 4 ? -1 : 4 + in.getUnsignedShort(at + 2);
            case LONG -> readable < MAX_BYTES ? -1 : MAX_BYTES + in.getLong(at + 2);
            default -> 2 + length;
        };
    }

    /** The length of the header of an unmasked frame. */
    static int headerBytes(ByteBuf in) {
        return switch (in.getByte(in.readerIndex() + 1) & 0x7f) {
            case MEDIUM -> 4;
            case LONG -> MAX_BYTES;
            default -> 2;
        };
    }
}
