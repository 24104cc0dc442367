import org.jspecify.annotations.NullMarked;

/** The Java SDK. */
@NullMarked
module dev.merapi.client {
    requires static transitive org.jspecify;
    requires dev.merapi.wire;
}
