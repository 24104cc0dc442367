import org.jspecify.annotations.NullMarked;

/** What it costs. */
@NullMarked
module dev.merapi.benchmarks {
    requires static transitive org.jspecify;
    requires dev.merapi.api;
    requires dev.merapi.client;
    requires dev.merapi.server;
    requires jmh.core;
}
