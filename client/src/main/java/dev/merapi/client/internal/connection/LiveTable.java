package dev.merapi.client.internal.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.client.internal.live.LiveHandle;
import dev.merapi.client.internal.live.LiveQuery;
import dev.merapi.wire.ServerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live queries of a client and the way from a message to those it concerns. Passive; guarded by the client's lock.
 */
final class LiveTable {
    private final Map<LiveQuery, LiveHandle<?>> queries = new LinkedHashMap<>();

    // of the present connection
    private final Map<Integer, LiveQuery> byId = new HashMap<>();
    private final Map<Long, List<LiveQuery>> byResult = new HashMap<>();
    private int nextId = 1;

    void add(LiveHandle<?> handle) {
        queries.put(handle.query(), handle);
    }

    List<LiveQuery> queries() {
        return List.copyOf(queries.keySet());
    }

    List<LiveHandle<?>> handles() {
        return List.copyOf(queries.values());
    }

    @Nullable
    LiveHandle<?> handle(LiveQuery query) {
        return queries.get(query);
    }

    int route(LiveQuery query) {
        int id = nextId++;
        byId.put(id, query);
        return id;
    }

    void unroute(int subscriptionId) {
        byId.remove(subscriptionId);
    }

    /** Does something with a query, then looks which result it reads now and whether it has ended. */
    void with(LiveQuery query, Consumer<LiveQuery> action) {
        long before = query.resultId();
        action.accept(query);
        long after = query.resultId();
        if (before != after) {
            leaveResult(query, before);
            if (after >= 0) {
                byResult.computeIfAbsent(after, id -> new ArrayList<>(1)).add(query);
            }
        }
        if (query.hasEnded()) {
            queries.remove(query);
        }
    }

    private void leaveResult(LiveQuery query, long resultId) {
        List<LiveQuery> readers = byResult.get(resultId);
        if (readers != null && readers.remove(query) && readers.isEmpty()) {
            byResult.remove(resultId);
        }
    }

    /** The query a message is for, or null when it is for one that is gone. */
    @Nullable
    LiveQuery find(int subscriptionId) {
        return byId.get(subscriptionId);
    }

    List<LiveQuery> readersOf(ServerMessage.Update update) {
        List<LiveQuery> readers = byResult.get(update.resultId());
        return readers == null ? List.of() : List.copyOf(readers);
    }

    void detachAll() {
        byId.clear();
        byResult.clear();
        nextId = 1;
        queries.keySet().forEach(LiveQuery::detach);
    }

    /** Ends all queries by an error and gives their handles. */
    List<LiveHandle<?>> abandonAll(CodedException cause) {
        return endAll(query -> query.abandon(cause));
    }

    /** Ends all queries as if the application had closed each, and gives their handles. */
    List<LiveHandle<?>> closeAll() {
        return endAll(LiveQuery::close);
    }

    private List<LiveHandle<?>> endAll(Consumer<LiveQuery> end) {
        List<LiveHandle<?>> handles = handles();
        queries().forEach(end);
        queries.clear();
        byId.clear();
        byResult.clear();
        return handles;
    }
}
