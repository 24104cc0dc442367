package dev.merapi.query.expr.eval;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import org.apache.calcite.rex.RexSubQuery;

/** Compiles a query inside an expression; the executor knows how. */
@FunctionalInterface
public interface SubqueryCompiler {
    /** For places where no subquery may stand, such as a CHECK. */
    SubqueryCompiler NONE = (subquery, compiler) -> {
        throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "not supported").with("feature", "subquery in this place");
    };

    /**
     * Compiles a subquery.
     *
     * @param compiler compiles the expressions on its left side ({@code x IN (…)})
     */
    Evaluator compile(RexSubQuery subquery, EvaluatorCompiler compiler);
}
