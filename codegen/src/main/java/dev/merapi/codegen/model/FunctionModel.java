package dev.merapi.codegen.model;

import dev.merapi.api.module.Visibility;
import dev.merapi.api.module.spi.FunctionDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function.
 *
 * @param name what clients call
 * @param owner the class it is a method of
 * @param method its Java name; for a QUERY, that of the constant
 * @param parameters its parameters behind the context
 * @param result what it returns, or null for nothing and for a QUERY
 * @param sql the SELECT of a QUERY, else null
 */
public record FunctionModel(
        String name,
        FunctionDescriptor.Kind kind,
        Visibility visibility,
        JavaName owner,
        String method,
        List<Shape.Field> parameters,
        @Nullable Place result,
        @Nullable String sql) {
    public FunctionModel {
        parameters = List.copyOf(parameters);
    }
}
