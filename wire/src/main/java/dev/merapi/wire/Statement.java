package dev.merapi.wire;

import java.util.List;

/**
 * SQL text and the values of its parameters {@code $1}, {@code $2}, ….
 *
 * @param sql one statement, or, inside {@link ClientMessage.Execute} without parameters, a script of several
 */
public record Statement(String sql, List<TypedValue> parameters) {
    public Statement {
        parameters = List.copyOf(parameters);
    }

    public static Statement of(String sql, TypedValue... parameters) {
        return new Statement(sql, List.of(parameters));
    }
}
