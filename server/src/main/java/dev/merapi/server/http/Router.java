package dev.merapi.server.http;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import io.netty.handler.codec.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the route of a request by its path, then by its method. */
final class Router {
    private final Map<String, Map<HttpMethod, Route>> routes = new HashMap<>();

    Router(List<Route> routes) {
        for (Route route : routes) {
            this.routes.computeIfAbsent(route.path(), path -> new HashMap<>()).put(route.method(), route);
        }
    }

    /**
     * @throws CodedException UNKNOWN_PATH, METHOD_NOT_ALLOWED
     */
    Route find(HttpMethod method, String path) {
        Map<HttpMethod, Route> methods = routes.get(path);
        if (methods == null) {
            throw new CodedException(ErrorCode.UNKNOWN_PATH, "nothing is served at this path")
                    .with("path", path)
                    .hint("paths are " + routes.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        Route route = methods.get(method);
        if (route == null) {
            throw new CodedException(ErrorCode.METHOD_NOT_ALLOWED, "method is not served at this path")
                    .with("method", method)
                    .with("path", path)
                    .hint("use "
                            + methods.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", ")));
        }
        return route;
    }
}
