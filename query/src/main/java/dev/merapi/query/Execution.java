package dev.merapi.query;

import dev.merapi.query.system.LiveDescription;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of a prepared statement: everything it may depend on besides the rows.
 *
 * @param now the time of the transaction, which {@code now()} returns; with microseconds at most
 * @param random the source of {@code random()} and {@code gen_random_uuid()}; used by the running thread alone
 * @param parameters must not change while the statement runs; the values of {@code $1 …}: of the Java class of the
 *     parameter's type, or a text in that type's text form, or a number that fits
 * @param cancelled asked now and then while rows are read; true ends the run with STATEMENT_CANCELLED. The caller's
 *     means to bound the time of a statement
 * @param live what is kept live, for a statement that {@link Prepared#readsLive}; null when nobody has been asked
 */
public record Execution(
        SessionInfo session,
        Instant now,
        RandomGenerator random,
        List<@Nullable Object> parameters,
        BooleanSupplier cancelled,
        @Nullable LiveDescription live) {
    public Execution {
        parameters = Collections.unmodifiableList(parameters);
    }

    /** A run of a statement that does not read what is kept live. */
    public Execution(
            SessionInfo session,
            Instant now,
            RandomGenerator random,
            List<@Nullable Object> parameters,
            BooleanSupplier cancelled) {
        this(session, now, random, parameters, cancelled, null);
    }

    /** The same, never cancelled. */
    public Execution(SessionInfo session, Instant now, RandomGenerator random, List<@Nullable Object> parameters) {
        this(session, now, random, parameters, () -> false);
    }
}
