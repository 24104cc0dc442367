import org.jspecify.annotations.NullMarked;

/** The command line. */
@NullMarked
module dev.merapi.cli {
    requires static transitive org.jspecify;
    requires dev.merapi.api;
    requires dev.merapi.client;
    requires dev.merapi.server;
    requires info.picocli;
    requires org.jline;
    requires org.slf4j;
}
