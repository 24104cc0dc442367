package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.OverFunction;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.relation.WindowFrame;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.SortItem;
import dev.merapi.query.sql.ast.Window;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** The WINDOW clause of a query, and what OVER means with it. */
final class Windows {
    private final QueryBinder queries;
    private final @Nullable Scope outer;
    private final Map<String, Window> named = new HashMap<>();

    Windows(QueryBinder queries, @Nullable Scope outer, List<Window.Named> clause) {
        this.queries = queries;
        this.outer = outer;
        for (Window.Named definition : clause) {
            Window window = resolve(definition.window());
            if (named.put(definition.name(), window) != null) {
                throw BindErrors.at(definition.window().position(), ErrorCode.WINDOW_ERROR, "window is defined twice")
                        .with("window", definition.name());
            }
        }
    }

    /** A window with what it inherits from the one it is based on. */
    private Window resolve(Window window) {
        String base = window.base();
        if (base == null) {
            return window;
        }
        Window parent = named.get(base);
        if (parent == null) {
            throw BindErrors.at(window.position(), ErrorCode.UNKNOWN_OBJECT, "window does not exist")
                    .with("window", base);
        }
        if (window.reference()) {
            return parent;
        }
        String problem = !window.partitionBy().isEmpty()
                ? "PARTITION BY belongs to the window it is based on"
                : !window.orderBy().isEmpty() && !parent.orderBy().isEmpty()
                        ? "ORDER BY is given by the window it is based on"
                        : parent.frame() != null ? "a window with a frame cannot be a base: write OVER name" : "";
        if (!problem.isEmpty()) {
            throw BindErrors.at(window.position(), ErrorCode.WINDOW_ERROR, "window cannot be changed like this")
                    .with("window", base)
                    .hint(problem);
        }
        List<SortItem> orderBy = window.orderBy().isEmpty() ? parent.orderBy() : window.orderBy();
        return new Window(null, false, parent.partitionBy(), orderBy, window.frame(), window.position());
    }

    WindowUse use(
            OverFunction function,
            List<RexNode> arguments,
            @Nullable RexNode filter,
            boolean ignoreNulls,
            Window over,
            ExpressionBinder binder) {
        Window window = resolve(over);
        List<RexNode> partitionBy = new ArrayList<>();
        window.partitionBy().forEach(expression -> partitionBy.add(binder.value(expression)));
        List<AggregateUse.Sorted> orderBy = new ArrayList<>();
        for (SortItem item : window.orderBy()) {
            orderBy.add(AggregateUse.Sorted.of(binder.value(item.expression()), item));
        }
        return new WindowUse(
                function, arguments, false, filter, ignoreNulls, partitionBy, orderBy, frame(window, orderBy));
    }

    private WindowFrame frame(Window window, List<AggregateUse.Sorted> orderBy) {
        Window.Frame frame = window.frame();
        if (frame == null) {
            return WindowFrame.DEFAULT;
        }
        requireOrder(frame);
        boolean offsets = frame.start().offset() != null || frame.end().offset() != null;
        if (frame.unit() == Window.Unit.RANGE && offsets && orderBy.size() != 1) {
            throw error(frame, "RANGE with an offset needs exactly one ORDER BY column");
        }
        if (frame.unit() == Window.Unit.GROUPS && orderBy.isEmpty()) {
            throw error(frame, "GROUPS needs ORDER BY");
        }
        return new WindowFrame(
                WindowFrame.Unit.valueOf(frame.unit().name()),
                bound(frame, frame.start(), orderBy),
                bound(frame, frame.end(), orderBy),
                WindowFrame.Exclusion.valueOf(frame.exclusion().name()));
    }

    private static void requireOrder(Window.Frame frame) {
        Window.BoundKind start = frame.start().kind();
        Window.BoundKind end = frame.end().kind();
        boolean wrong = start == Window.BoundKind.UNBOUNDED_FOLLOWING
                || end == Window.BoundKind.UNBOUNDED_PRECEDING
                || (start == Window.BoundKind.CURRENT_ROW && end == Window.BoundKind.PRECEDING)
                || (start == Window.BoundKind.FOLLOWING
                        && (end == Window.BoundKind.PRECEDING || end == Window.BoundKind.CURRENT_ROW));
        if (wrong) {
            throw error(frame, "frame ends before it starts");
        }
    }

    private static RuntimeException error(Window.Frame frame, String text) {
        return BindErrors.at(frame.position(), ErrorCode.WINDOW_ERROR, text);
    }

    private WindowFrame.Bound bound(Window.Frame frame, Window.Bound bound, List<AggregateUse.Sorted> orderBy) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> new WindowFrame.Bound.UnboundedPreceding();
            case CURRENT_ROW -> new WindowFrame.Bound.CurrentRow();
            case UNBOUNDED_FOLLOWING -> new WindowFrame.Bound.UnboundedFollowing();
            case PRECEDING -> new WindowFrame.Bound.Preceding(offset(frame, bound.offset(), orderBy));
            case FOLLOWING -> new WindowFrame.Bound.Following(offset(frame, bound.offset(), orderBy));
        };
    }

    /** An offset sees no columns: it is the same for all rows. */
    private RexNode offset(Window.Frame frame, @Nullable Expr offset, List<AggregateUse.Sorted> orderBy) {
        if (offset == null) {
            throw new IllegalStateException("no offset");
        }
        ColumnType type = frame.unit() == Window.Unit.RANGE
                ? distance(RelTypes.columnType(orderBy.get(0).node().getType()), frame)
                : ScalarType.I64;
        ExpressionBinder binder = queries.expressions(Scope.empty(queries.context(), outer), new NoCalls("frame"));
        return binder.coercion().assign(binder.bind(offset), type, "frame offset");
    }

    /** The type of the difference of two values of the ordering column. */
    private static ColumnType distance(ColumnType ordered, Window.Frame frame) {
        return switch (ordered) {
            case ScalarType scalar when scalar.isInteger() || scalar.isFloat() -> scalar;
            case DecimalType decimal -> DecimalType.UNCONSTRAINED;
            case ScalarType scalar
            when scalar == ScalarType.DATE
                    || scalar == ScalarType.TIME
                    || scalar == ScalarType.TIMESTAMP
                    || scalar == ScalarType.TIMESTAMPTZ
                    || scalar == ScalarType.INTERVAL -> ScalarType.INTERVAL;
            default ->
                throw BindErrors.unsupported(
                        frame.position(),
                        "RANGE with an offset over " + ordered.sqlName(),
                        "order by a number or a time");
        };
    }
}
