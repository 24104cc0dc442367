package dev.merapi.server.http;

import dev.merapi.server.connection.ConnectionHost;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all sockets of a server share. */
final class HttpEnvironment {
    private final ConnectionHost host;
    private final Router router;
    private final OriginPolicy origins;
    private final Locality locality;
    private final InstantSource clock;
    private final AtomicLong nextConnectionId = new AtomicLong(1);
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicInteger activeRequests = new AtomicInteger();
    private final Set<WebSocketEndpoint> endpoints = ConcurrentHashMap.newKeySet();
    private final Map<EventLoop, LoopFlusher> flushers = new ConcurrentHashMap<>();

    HttpEnvironment(ConnectionHost host, Router router, OriginPolicy origins, Locality locality, InstantSource clock) {
        this.host = host;
        this.router = router;
        this.origins = origins;
        this.locality = locality;
        this.clock = clock;
    }

    ConnectionHost host() {
        return host;
    }

    Router router() {
        return router;
    }

    OriginPolicy origins() {
        return origins;
    }

    Locality locality() {
        return locality;
    }

    InstantSource clock() {
        return clock;
    }

    long newConnectionId() {
        return nextConnectionId.getAndIncrement();
    }

    /** All WebSocket connections. Any thread. */
    Set<WebSocketEndpoint> endpoints() {
        return endpoints;
    }

    LoopFlusher flusher(EventLoop loop) {
        return flushers.computeIfAbsent(loop, LoopFlusher::new);
    }

    /** An HTTP request is being worked on. */
    void requestBegins() {
        activeRequests.incrementAndGet();
    }

    void requestEnds() {
        activeRequests.decrementAndGet();
    }

    /** Whether somebody still waits for an answer. */
    boolean isBusy() {
        return !endpoints.isEmpty() || activeRequests.get() > 0;
    }

    boolean isDraining() {
        return draining.get();
    }

    void startDraining() {
        draining.set(true);
    }
}
