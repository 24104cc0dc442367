package dev.merapi.server;

import dev.merapi.server.config.Limit;
import dev.merapi.server.config.ServerLimits;
import dev.merapi.store.log.FileLogStorage;
import dev.merapi.store.log.LogStorage;
import dev.merapi.store.log.MemoryLogStorage;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a server takes from the outside world: time, chance and disks.
 *
 * @param nanoTime for durations
 */
record Environment(InstantSource clock, LongSupplier nanoTime, RandomGenerator random, Disks disks) {
    /** Where the logs of databases are kept. */
    interface Disks {
        /**
         * @param directory the data directory, or null for memory
         */
        LogStorage open(@Nullable Path directory, String database, ServerLimits limits);
    }

    static Environment ofSystem() {
        return new Environment(
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom(),
                (directory, database, limits) -> directory == null
                        ? new MemoryLogStorage(limits.get(Limit.MEMORY_LOG_BYTES))
                        : FileLogStorage.open(directory.resolve(database)));
    }

    Environment withDisks(Disks newDisks) {
        return new Environment(clock, nanoTime, random, newDisks);
    }
}
