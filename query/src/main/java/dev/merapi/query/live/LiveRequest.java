package dev.merapi.query.live;

import dev.merapi.query.SessionInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see live.
 *
 * @param sql one SELECT
 * @param parameters values of {@code $1 …}
 */
public record LiveRequest(String sql, List<@Nullable Object> parameters, SessionInfo session) {
    public LiveRequest {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }
}
