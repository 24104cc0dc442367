package dev.merapi.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.client.transport.InMemoryTransport;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.ConnectionLimits;
import dev.merapi.wire.Position;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.v1.V1Codec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The other side of the connection, which says what the test tells it to say and writes down what it hears. */
final class ScriptedPeer implements InMemoryTransport.Peer {
    static final Position POSITION = new Position(7, 42);

    private final Deque<ClientMessage> heard = new ArrayDeque<>();
    private final List<InMemoryTransport.Link> links = new ArrayList<>();
    private final List<Integer> closeCodes = new ArrayList<>();
    private ConnectionLimits limits = new ConnectionLimits(1 << 20, 100, 100, 100, 0);
    private boolean welcoming = true;

    /** Does not answer the greeting any more. */
    ScriptedPeer silent() {
        welcoming = false;
        return this;
    }

    ScriptedPeer allowing(ConnectionLimits newLimits) {
        limits = newLimits;
        return this;
    }

    @Override
    public void opened(InMemoryTransport.Link link) {
        links.add(link);
    }

    @Override
    public void received(InMemoryTransport.Link link, byte[] message) {
        V1Codec.decodeClient(message, 0, message.length, heardMessage -> {
            if (heardMessage instanceof ClientMessage.Ping ping) {
                say(new ServerMessage.Pong(ping.nonce()));
                return;
            }
            heard.add(heardMessage);
            if (heardMessage instanceof ClientMessage.Hello && welcoming) {
                say(new ServerMessage.Welcome(1, List.of(), links.size(), "ann", "main", POSITION, limits));
            }
        });
    }

    @Override
    public void closed(InMemoryTransport.Link link, int code) {
        closeCodes.add(code);
    }

    List<Integer> closeCodes() {
        return closeCodes;
    }

    InMemoryTransport.Link link() {
        return links.getLast();
    }

    void say(ServerMessage message) {
        link().deliver(V1Codec.encode(message));
    }

    void sayBytes(byte... bytes) {
        link().deliver(bytes);
    }

    /** The oldest message that was not asked for yet, which must be of this kind. */
    <M extends ClientMessage> M next(Class<M> kind) {
        assertThat(heard).as("messages heard").isNotEmpty();
        ClientMessage message = heard.remove();
        assertThat(message).isInstanceOf(kind);
        return kind.cast(message);
    }

    /** What was heard and not asked for yet. */
    List<ClientMessage> rest() {
        List<ClientMessage> rest = List.copyOf(heard);
        heard.clear();
        return rest;
    }
}
