package dev.merapi.query.sql.expression;

import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.OverFunction;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Window;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/**
 * What to do with the calls whose value is not computed from the row alone. A clause that knows them remembers the call
 * and answers with a placeholder; most clauses refuse.
 */
public interface Calls {
    /** An aggregate without OVER. */
    RexNode aggregate(AggregateFunction function, List<RexNode> arguments, Expr.Call call, ExpressionBinder binder);

    /** {@code GROUPING(…)}. */
    RexNode grouping(Expr.Call call, ExpressionBinder binder);

    /** An aggregate or window function with OVER. */
    RexNode window(
            OverFunction function, List<RexNode> arguments, Expr.Call call, Window over, ExpressionBinder binder);

    /** A function that returns rows. */
    RexNode table(TableFunction function, List<RexNode> arguments, Expr.Call call, ExpressionBinder binder);

    /** What the arguments of an aggregate may hold. */
    Calls insideAggregate();

    /** What the arguments of a window function may hold. */
    Calls insideWindow();
}
