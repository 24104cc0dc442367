package dev.merapi.client.internal.transport;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A WebSocket server of the barest kind, which can misbehave in ways a real one cannot. Serves one connection. */
final class TinyWebSocketServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Script script;
    private final String subprotocol;
    private final String status;
    private volatile Throwable failure;

    /** What the server does once the handshake is over, on a thread of its own. */
    interface Script {
        void run(Session session) throws Exception;
    }

    /** @param subprotocol what the server agrees to; empty for none */
    TinyWebSocketServer(String subprotocol, Script script) throws IOException {
        this("101 Switching Protocols", subprotocol, script);
    }

    /** @param status of the answer to the handshake */
    TinyWebSocketServer(String status, String subprotocol, Script script) throws IOException {
        this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.script = script;
        this.subprotocol = subprotocol;
        this.status = status;
        Thread.ofVirtual().start(this::serve);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/v1/ws");
    }

    Throwable failure() {
        return failure;
    }

    private void serve() {
        try (Socket socket = listening.accept()) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String key = readHandshake(in);
            OutputStream out = socket.getOutputStream();
            out.write(answer(key).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            script.run(new Session(socket, in, out));
        } catch (Exception e) {
            failure = e;
        }
    }

    private static String readHandshake(DataInputStream in) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (!text.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            text.write(in.readByte());
        }
        return text.toString(StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18))
                .map(line -> line.substring(18).strip())
                .findFirst()
                .orElse("");
    }

    private String answer(String key) throws NoSuchAlgorithmException {
        if (!status.startsWith("101")) {
            return "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        }
        byte[] hash = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + Base64.getEncoder().encodeToString(hash)
                + (subprotocol.isEmpty() ? "" : "\r\nSec-WebSocket-Protocol: " + subprotocol) + "\r\n\r\n";
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    static final class Session implements Closeable {
        static final int CONTINUATION = 0;
        static final int TEXT = 1;
        static final int BINARY = 2;
        static final int CLOSE = 8;

        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;

        private Session(Socket socket, DataInputStream in, OutputStream out) {
            this.socket = socket;
            this.in = in;
            this.out = out;
        }

        void sendFrame(int opcode, boolean last, byte[] payload) throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write((last ? 0x80 : 0) | opcode);
            if (payload.length < 126) {
                frame.write(payload.length);
            } else if (payload.length < 1 << 16) {
                frame.write(126);
                frame.write(payload.length >> 8);
                frame.write(payload.length);
            } else {
                frame.write(127);
                for (int shift = 56; shift >= 0; shift -= 8) {
                    frame.write((int) ((long) payload.length >> shift));
                }
            }
            frame.write(payload);
            out.write(frame.toByteArray());
            out.flush();
        }

        void sendClose(int code, String reason) throws IOException {
            byte[] text = reason.getBytes(StandardCharsets.UTF_8);
            byte[] payload = new byte[text.length + 2];
            payload[0] = (byte) (code >> 8);
            payload[1] = (byte) code;
            System.arraycopy(text, 0, payload, 2, text.length);
            sendFrame(CLOSE, true, payload);
        }

        /** The payload of the next frame, preceded by its opcode. */
        byte[] readFrame() throws IOException {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte() & 0x7f;
            long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
            byte[] mask = in.readNBytes(4);
            byte[] frame = new byte[(int) size + 1];
            frame[0] = (byte) opcode;
            in.readFully(frame, 1, (int) size);
            for (int i = 0; i < size; i++) {
                frame[i + 1] ^= mask[i & 3];
            }
            return frame;
        }

        /** Breaks the connection without a close frame. */
        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
