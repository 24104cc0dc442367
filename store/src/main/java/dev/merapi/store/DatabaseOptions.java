package dev.merapi.store;

import dev.merapi.store.log.LogOptions;
import dev.merapi.store.log.LogStorage;
import dev.merapi.store.log.MemoryLogStorage;
import java.util.random.RandomGenerator;

/**
 * How to open a database.
 *
 * @param name for messages and metrics
 * @param storage where its history is; belongs to the database once it is open
 * @param log how its history is kept
 * @param constraintCompiler compiles CHECKs; {@link ConstraintCompiler#NONE} refuses them
 */
public record DatabaseOptions(
        String name, LogStorage storage, LogOptions log, StoreLimits limits, ConstraintCompiler constraintCompiler) {
    /** How much history a database in memory keeps for clients that resume, in bytes. */
    private static final long MEMORY_RETENTION_BYTES = 64L << 20;

    /**
     * A new database that lives in memory only.
     *
     * @param random draws the id of its history
     */
    public DatabaseOptions(
            String name, StoreLimits limits, ConstraintCompiler constraintCompiler, RandomGenerator random) {
        this(
                name,
                new MemoryLogStorage(MEMORY_RETENTION_BYTES),
                LogOptions.defaults(random),
                limits,
                constraintCompiler);
    }
}
