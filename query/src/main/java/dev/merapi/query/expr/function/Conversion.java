package dev.merapi.query.expr.function;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.TextFormat;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.ScalarFunction;
import java.util.Objects;

/** What casts do to values. */
final class Conversion implements Casts.Conversions {
    @Override
    public ScalarFunction.Body conversion(ColumnType from, ColumnType to, boolean explicit) {
        if (Casts.base(to) == ScalarType.TEXT) {
            return (context, arguments) -> TextFormat.format(from, Objects.requireNonNull(arguments[0]));
        }
        return (context, arguments) ->
                TextFormat.parse(to, TextFormat.format(from, Objects.requireNonNull(arguments[0])));
    }
}
