package dev.merapi.server.module;

import dev.merapi.api.module.ReducerContext;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What one call of a reducer knows. */
final class HostedContext<D> implements ReducerContext<D> {
    private static final long VERSION_MASK = 0xffffffffffff0fffL;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0x3fffffffffffffffL;
    private static final long VARIANT = 0x8000000000000000L;

    private final ModuleCaller caller;
    private final Identity database;
    private final Instant timestamp;
    private final long seed;
    private final Log log;
    private final D db;
    private @Nullable RandomGenerator random;

    HostedContext(ModuleCaller caller, Identity database, Instant timestamp, long seed, Log log, D db) {
        this.caller = caller;
        this.database = database;
        this.timestamp = timestamp;
        this.seed = seed;
        this.log = log;
        this.db = db;
    }

    @Override
    public Identity sender() {
        return caller.sender();
    }

    @Override
    public Optional<ConnectionId> connectionId() {
        return Optional.ofNullable(caller.connection());
    }

    @Override
    public Map<String, String> claims() {
        return caller.caller().claims();
    }

    @Override
    public Identity databaseIdentity() {
        return database;
    }

    @Override
    public Instant timestamp() {
        return timestamp;
    }

    @Override
    public RandomGenerator random() {
        RandomGenerator generator = random;
        if (generator == null) {
            generator = new SplittableRandom(seed);
            random = generator;
        }
        return generator;
    }

    @Override
    public UUID newUuid() {
        RandomGenerator generator = random();
        return new UUID(
                (generator.nextLong() & VERSION_MASK) | VERSION_4, (generator.nextLong() & VARIANT_MASK) | VARIANT);
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public D db() {
        return db;
    }
}
