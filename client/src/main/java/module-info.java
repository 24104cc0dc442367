import org.jspecify.annotations.NullMarked;

/** The Java SDK. */
@NullMarked
module dev.merapi.client {
    requires static transitive org.jspecify;
    requires transitive dev.merapi.api;
    requires dev.merapi.wire;
    requires java.net.http;

    exports dev.merapi.client;
    exports dev.merapi.client.connection;
    exports dev.merapi.client.live;
    exports dev.merapi.client.row;
    exports dev.merapi.client.transport;
}
