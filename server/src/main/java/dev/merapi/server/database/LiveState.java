package dev.merapi.server.database;

import dev.merapi.query.system.LiveDescription;
import java.util.concurrent.CompletableFuture;

/** Knows what is kept live in a database. */
@FunctionalInterface
public interface LiveState {
    /**
     * Any thread. Asks; what is then done must not block, for it may be done by the thread that others wait for. Fails
     * with a CodedException when nobody can answer any more.
     */
    CompletableFuture<LiveDescription> describe();
}
