import org.jspecify.annotations.NullMarked;

/** Small whole applications and their data. */
@NullMarked
module dev.merapi.examples {
    requires static transitive org.jspecify;
    requires dev.merapi.api;
    requires transitive dev.merapi.client;
    requires de.siegmar.fastcsv;

    exports dev.merapi.examples.earthquakes;

    // Records are made from rows by the client.
    opens dev.merapi.examples.earthquakes to
            dev.merapi.client;
}
