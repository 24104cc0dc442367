package dev.merapi.cli;

import dev.merapi.server.Server;
import picocli.CommandLine.IVersionProvider;

/** What this program is, in one line. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }

    static String line() {
        return "merapi " + Server.version() + " (Java " + Runtime.version() + ")";
    }
}
