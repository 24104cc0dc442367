package dev.merapi.server.http;

import io.netty.buffer.ByteBuf;

/**
 * The header of a binary WebSocket frame from the server (RFC 6455, 5.2): final, unmasked.
 *
 * <pre>
 *  82  len                    up to 125 bytes
 *  82  7e  len len            up to 65535 bytes
 *  82  7f  len × 8            longer; big-endian
 * </pre>
 */
final class FrameHeader {
    static final int MAX_BYTES = 10;

    private static final int FINAL_BINARY = 0x82;
    private static final int MAX_SHORT = 125;
    private static final int MAX_MEDIUM = 0xffff;

    private FrameHeader() {}

    static void write(ByteBuf out, int payloadBytes) {
        out.writeByte(FINAL_BINARY);
        if (payloadBytes <= MAX_SHORT) {
            out.writeByte(payloadBytes);
        } else if (payloadBytes <= MAX_MEDIUM) {
            out.writeByte(126).writeShort(payloadBytes);
        } else {
            out.writeByte(127).writeLong(payloadBytes);
        }
    }
}
