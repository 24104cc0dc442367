package dev.merapi.api.module;

import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What every call of a function knows. Valid during the call, on the thread that runs it. */
public interface CallContext {
    /**
     * Who called: the client; for {@link Init} who published the module; for scheduled calls the database itself (see
     * {@link #databaseIdentity}).
     */
    Identity sender();

    /** The connection the call came by; none for {@link Init} and scheduled calls. */
    Optional<ConnectionId> connectionId();

    /** What the sender's token says, by the names of its claims; empty without a token. */
    Map<String, String> claims();

    /** The database's own identity, which is the {@link #sender} of scheduled calls. */
    Identity databaseIdentity();

    /** When the call began, to the microsecond; the same throughout. */
    Instant timestamp();

    /**
     * Chance, seeded for this call: not for secrets. In a test with a fixed seed the same calls draw the same numbers.
     */
    RandomGenerator random();

    /** A new random UUID (version 4), drawn from {@link #random}. */
    UUID newUuid();

    /** The log of the module. What a call writes to it stays even if the call fails. */
    Log log();

    /** Lines for whoever runs the module: {@code merapi logs}. */
    interface Log {
        /** Writes what matters while searching a fault. */
        void debug(String message);

        /** Writes what is worth knowing. */
        void info(String message);

        /** Writes what may become a fault. */
        void warn(String message);

        /** Writes a fault. */
        void error(String message);

        /** Writes a fault with the stack trace of its cause. */
        void error(String message, Throwable cause);
    }
}
