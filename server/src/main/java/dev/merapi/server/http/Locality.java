package dev.merapi.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;

/**
 * Which requests were made on this machine. Those that a proxy on this machine passes on come from its address, too: a
 * request that shows signs of that counts as one from elsewhere. There are proxies that leave no signs, so nothing that
 * has to be kept safe may rest on this alone.
 */
final class Locality {
    /** Headers with which proxies say for whom they speak. */
    private static final List<String> SIGNS =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private final String configuredHost;

    /**
     * @param configuredHost what the server listens on: whoever asks for this name means this machine
     */
    Locality(String configuredHost) {
        this.configuredHost = configuredHost.toLowerCase(Locale.ROOT);
    }

    /** Whether a request comes from a program on this machine, as far as anybody can tell. */
    boolean isHere(SocketAddress peer, HttpHeaders headers) {
        return isLoopback(peer)
                && SIGNS.stream().noneMatch(headers::contains)
                && headers.getAll(HttpHeaderNames.HOST).stream().allMatch(this::namesThisMachine);
    }

    private static boolean isLoopback(SocketAddress peer) {
        return peer instanceof InetSocketAddress address
                && address.getAddress() != null
                && address.getAddress().isLoopbackAddress();
    }

    /** Under another name a proxy has been asked, or a page whose domain name points to this machine. */
    private boolean namesThisMachine(String host) {
        String name = withoutPort(host.toLowerCase(Locale.ROOT));
        return name.equals(configuredHost)
                || name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || (name.startsWith("127.") && name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
