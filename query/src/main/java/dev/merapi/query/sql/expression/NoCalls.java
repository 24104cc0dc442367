package dev.merapi.query.sql.expression;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.OverFunction;
import dev.merapi.query.expr.TableFunction;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Window;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** A clause whose expressions are computed from the row alone. {@code clause} is its name in errors. */
public record NoCalls(String clause) implements Calls {
    @Override
    public RexNode aggregate(
            AggregateFunction function, List<RexNode> arguments, Expr.Call call, ExpressionBinder binder) {
        throw refused(ErrorCode.GROUPING_ERROR, "aggregate is not allowed here", call)
                .hint(clause.equals("WHERE") ? "conditions on aggregates belong into HAVING" : "use a sub-query");
    }

    @Override
    public RexNode grouping(Expr.Call call, ExpressionBinder binder) {
        throw refused(ErrorCode.GROUPING_ERROR, "GROUPING is not allowed here", call);
    }

    @Override
    public RexNode window(
            OverFunction function, List<RexNode> arguments, Expr.Call call, Window over, ExpressionBinder binder) {
        throw refused(ErrorCode.WINDOW_ERROR, "window function is not allowed here", call)
                .hint("compute it in a sub-query and use its column");
    }

    @Override
    public RexNode table(TableFunction function, List<RexNode> arguments, Expr.Call call, ExpressionBinder binder) {
        throw refused(ErrorCode.UNSUPPORTED_SQL, "function that returns rows is not allowed here", call)
                .hint("call it in FROM");
    }

    @Override
    public Calls insideAggregate() {
        return this;
    }

    @Override
    public Calls insideWindow() {
        return this;
    }

    private CodedException refused(ErrorCode code, String text, Expr.Call call) {
        return BindErrors.at(call.position(), code, text)
                .with("function", call.name())
                .with("clause", clause);
    }
}
