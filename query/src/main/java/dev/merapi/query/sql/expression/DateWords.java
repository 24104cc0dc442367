package dev.merapi.query.sql.expression;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.sql.scope.BindContext;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * {@code 'now'}, {@code 'today'}, {@code 'yesterday'} and {@code 'tomorrow'} as literals of a date or time. They mean
 * the moment of the execution, also in a statement that was prepared long before.
 */
final class DateWords {
    private DateWords() {}

    /** The value of the word; null if the text is none, or the type has no such words. */
    static @Nullable RexNode value(BindContext context, String text, ColumnType type) {
        boolean day = type == ScalarType.DATE || type == ScalarType.TIMESTAMP || type == ScalarType.TIMESTAMPTZ;
        if (!day && type != ScalarType.TIME) {
            return null;
        }
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "now" -> cast(context, now(context), ScalarType.TIMESTAMPTZ, type);
            case "today" -> day ? day(context, 0, type) : null;
            case "yesterday" -> day ? day(context, -1, type) : null;
            case "tomorrow" -> day ? day(context, 1, type) : null;
            default -> null;
        };
    }

    private static RexNode now(BindContext context) {
        ScalarFunction now = context.functions().resolveFunction("now", List.of());
        if (now == null) {
            throw new IllegalStateException("there is no function now");
        }
        return context.rex().makeCall(now.operator());
    }

    private static RexNode day(BindContext context, int days, ColumnType type) {
        RexNode today = cast(context, now(context), ScalarType.TIMESTAMPTZ, ScalarType.DATE);
        ScalarFunction plus = context.functions().resolveOperator("+", ScalarType.DATE, ScalarType.I32);
        if (plus == null) {
            throw new IllegalStateException("there is no operator date + integer");
        }
        RexNode offset = Constants.of(context.rex(), ScalarType.I32, days);
        RexNode moved = days == 0 ? today : context.rex().makeCall(plus.operator(), today, offset);
        return cast(context, moved, ScalarType.DATE, type);
    }

    private static RexNode cast(BindContext context, RexNode node, ScalarType from, ColumnType to) {
        return from == to
                ? node
                : context.rex().makeCall(context.casts().cast(from, to).operator(), node);
    }
}
