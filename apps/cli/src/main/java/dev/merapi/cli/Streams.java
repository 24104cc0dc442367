package dev.merapi.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * What a process is given: its standard streams and its environment.
 *
 * @param inputIsTerminal whether somebody types
 * @param outputIsTerminal whether somebody looks
 */
record Streams(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inputIsTerminal,
        boolean outputIsTerminal,
        Map<String, String> environment) {
    /** A variable of the environment that is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
