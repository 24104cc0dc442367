package dev.merapi.server.config;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.EnumMap;
import java.util.Map;

/** A value for each {@link Limit}. Immutable. */
public final class ServerLimits {
    public static final ServerLimits DEFAULT = new ServerLimits(new EnumMap<>(Limit.class));

    private final Map<Limit, Long> changed;

    private ServerLimits(EnumMap<Limit, Long> changed) {
        this.changed = changed;
    }

    public long get(Limit limit) {
        Long value = changed.get(limit);
        return value == null ? limit.defaultValue() : value;
    }

    /** For limits whose maximum fits: the value as an int. */
    public int getInt(Limit limit) {
        return Math.toIntExact(get(limit));
    }

    /**
     * These limits with one of them changed.
     *
     * @throws CodedException INVALID_CONFIGURATION when the value is outside of what the limit allows
     */
    public ServerLimits with(Limit limit, long value) {
        if (value < limit.minimum() || value > limit.maximum()) {
            throw new CodedException(ErrorCode.INVALID_CONFIGURATION, "limit is out of range")
                    .with("limit", limit.key())
                    .with("value", value)
                    .hint("give a value from " + limit.minimum() + " to " + limit.maximum());
        }
        EnumMap<Limit, Long> copy = new EnumMap<>(Limit.class);
        copy.putAll(changed);
        copy.put(limit, value);
        return new ServerLimits(copy);
    }
}
