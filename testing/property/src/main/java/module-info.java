import org.jspecify.annotations.NullMarked;

/** Seeded property tests with shrinking, and random SQL for them; for tests only. */
@NullMarked
module dev.merapi.testing.property {
    requires static transitive org.jspecify;

    exports dev.merapi.testing.property;
    exports dev.merapi.testing.sql;
}
