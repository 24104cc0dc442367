import org.jspecify.annotations.NullMarked;

/** The Java SDK. */
@NullMarked
module dev.merapi.client {
    requires static transitive org.jspecify;
    requires transitive dev.merapi.api;
    requires dev.merapi.wire;
}
