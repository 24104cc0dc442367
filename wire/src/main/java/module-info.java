import org.jspecify.annotations.NullMarked;

/** Every byte that crosses the network, and nothing else. */
@NullMarked
module dev.merapi.wire {
    requires static transitive org.jspecify;
    requires transitive dev.merapi.api;

    exports dev.merapi.wire;
    exports dev.merapi.wire.v1;
}
