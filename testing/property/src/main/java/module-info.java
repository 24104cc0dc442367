import org.jspecify.annotations.NullMarked;

/** Seeded property tests with shrinking. */
@NullMarked
module dev.merapi.testing.property {
    requires static transitive org.jspecify;
}
