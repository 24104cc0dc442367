import org.jspecify.annotations.NullMarked;

/** What it costs. */
@NullMarked
module dev.merapi.benchmarks {
    requires static transitive org.jspecify;
    requires dev.merapi.api;
    requires dev.merapi.client;
    requires dev.merapi.query;
    requires dev.merapi.server;
    requires dev.merapi.store;
    requires dev.merapi.wire;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires java.management;
    requires java.net.http;
    requires jmh.core;
}
