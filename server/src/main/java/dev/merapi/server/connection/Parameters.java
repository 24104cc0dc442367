package dev.merapi.server.connection;

import dev.merapi.api.value.Json;
import dev.merapi.wire.TypedValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters as they came over the wire, made fit for the engine. */
final class Parameters {
    private Parameters() {}

    static List<@Nullable Object> of(List<TypedValue> values) {
        if (values.isEmpty()) {
            return List.of();
        }
        List<@Nullable Object> parameters = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            parameters.add(trusted(values.get(i).value()));
        }
        return parameters;
    }

    /** What claims to be canonical JSON came from outside: the engine is to read it as text and see for itself. */
    private static @Nullable Object trusted(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Json json -> json.text();
            case List<?> list -> {
                List<@Nullable Object> elements = new ArrayList<>(list.size());
                for (Object element : list) {
                    elements.add(trusted(element));
                }
                yield elements;
            }
            default -> value;
        };
    }
}
