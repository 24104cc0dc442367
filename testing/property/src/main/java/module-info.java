import org.jspecify.annotations.NullMarked;

/** Seeded property tests with shrinking, for tests only. */
@NullMarked
module dev.merapi.testing.property {
    requires static transitive org.jspecify;

    exports dev.merapi.testing.property;
}
