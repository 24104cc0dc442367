import org.jspecify.annotations.NullMarked;

/** Small whole applications and their data. */
@NullMarked
module dev.merapi.examples {
    requires static transitive org.jspecify;
    requires dev.merapi.api;
    requires dev.merapi.client;
    requires dev.merapi.server;
}
