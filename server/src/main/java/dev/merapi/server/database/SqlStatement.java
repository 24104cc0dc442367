package dev.merapi.server.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL and the values of its parameters.
 *
 * @param parameters Java values as said at {@code dev.merapi.query.Execution}
 */
public record SqlStatement(String sql, List<@Nullable Object> parameters) {
    public SqlStatement {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }
}
