import org.jspecify.annotations.NullMarked;

/** Threads, sockets, identity and wiring around the engine. */
@NullMarked
module dev.merapi.server {
    requires static transitive org.jspecify;
    requires transitive dev.merapi.api;
    requires transitive dev.merapi.store;
    requires transitive dev.merapi.query;
    requires transitive dev.merapi.wire;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires typesafe.config;
    requires tools.jackson.core;
    requires org.slf4j;
    requires com.nimbusds.jose.jwt;

    exports dev.merapi.server;
    exports dev.merapi.server.config;
    exports dev.merapi.server.ops;
}
