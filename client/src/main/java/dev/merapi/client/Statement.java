package dev.merapi.client;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL and the values of its parameters {@code $1}, {@code $2}, ….
 *
 * @param sql one statement
 * @param parameters values of the types listed at {@link MerapiClient}; null is NULL
 */
public record Statement(String sql, List<@Nullable Object> parameters) {
    public Statement {
        parameters = Collections.unmodifiableList(Arrays.asList(parameters.toArray()));
    }

    public static Statement of(String sql, @Nullable Object... parameters) {
        return new Statement(sql, Arrays.asList(parameters));
    }
}
