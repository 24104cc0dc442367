import org.jspecify.annotations.NullMarked;

/** The command line. */
@NullMarked
module dev.merapi.cli {
    requires static transitive org.jspecify;
    requires dev.merapi.api;
    requires dev.merapi.client;
    requires dev.merapi.examples;
    requires dev.merapi.server;
    requires de.siegmar.fastcsv;
    requires info.picocli;
    requires org.jline;
    requires tools.jackson.core;

    // Options are set by reflection.
    opens dev.merapi.cli to
            info.picocli;
}
