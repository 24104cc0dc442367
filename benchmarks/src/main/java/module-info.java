import org.jspecify.annotations.NullMarked;

/** What it costs. */
@NullMarked
module dev.merapi.benchmarks {
    requires static transitive org.jspecify;
    requires dev.merapi.api;
    requires dev.merapi.client;
    requires dev.merapi.server;
    requires dev.merapi.store;
    requires java.management;
    requires jmh.core;
}
