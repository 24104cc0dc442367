package dev.merapi.query.expr.eval;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.Volatility;
import dev.merapi.query.expr.row.TableRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Compiles expressions to closures. What depends on no row is evaluated once per execution; comparisons of integers and
 * times read their columns without boxing.
 *
 * <p>Everything that will be evaluated with the same {@link dev.merapi.query.expr.EvalContext} must be compiled by the
 * same compiler, because it numbers the memos kept there. Used by one thread; what it makes is immutable.
 */
public final class EvaluatorCompiler {
    private final SubqueryCompiler subqueries;
    private int memos;

    /** A compiler for places where no subquery may stand. */
    public EvaluatorCompiler() {
        this(SubqueryCompiler.NONE);
    }

    public EvaluatorCompiler(SubqueryCompiler subqueries) {
        this.subqueries = subqueries;
    }

    /** A number under which something may be remembered for an execution. */
    public int newMemo() {
        return memos++;
    }

    /** Compiles a condition on rows of a table. */
    public RowPredicate compilePredicate(RexNode condition, RowLayout layout) {
        Evaluator evaluator = compile(condition);
        return (row, context) -> evaluator.isTrue(new TableRow(layout, row), context);
    }

    public Evaluator compile(RexNode node) {
        if (Constants.isConstant(node)) {
            return constant(node);
        }
        return switch (node) {
            case RexInputRef column -> column(column);
            case RexDynamicParam parameter -> new Leaves.Parameter(parameter.getIndex());
            case RexFieldAccess access -> outer(access);
            case RexSubQuery subquery -> subqueries.compile(subquery, this);
            case RexCall call -> memoised(call, call(call));
            default -> throw unknown(node);
        };
    }

    private static Evaluator constant(RexNode node) {
        Object value = Constants.value(node);
        if (value != null && RawLong.isOrdered(RelTypes.columnType(node.getType()))) {
            return new Leaves.LongConstant(value, RawLong.of(value));
        }
        return new Leaves.Constant(value);
    }

    private static Evaluator column(RexInputRef column) {
        ColumnType type = RelTypes.columnType(column.getType());
        if (RawLong.isOrdered(type)) {
            return new Leaves.LongColumn(column.getIndex());
        }
        return type == ScalarType.BOOL
                ? new Leaves.BooleanColumn(column.getIndex())
                : new Leaves.Column(column.getIndex());
    }

    private static Evaluator outer(RexFieldAccess access) {
        if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
            return new Leaves.Outer(variable.id.getId(), access.getField().getIndex());
        }
        throw unknown(access);
    }

    private Evaluator call(RexCall call) {
        ScalarFunction function = ScalarFunction.of(call.getOperator());
        if (function != null) {
            return new FunctionCall(function, compileAll(call.getOperands()));
        }
        Comparison.Test test = Comparison.Test.of(call.getKind());
        if (test != null) {
            return Comparison.of(test, operandType(call), number(call, 0), number(call, 1));
        }
        List<Evaluator> operands = compileAll(call.getOperands());
        return switch (call.getKind()) {
            case AND -> new Logic.And(operands);
            case OR -> new Logic.Or(operands);
            case NOT -> new Logic.Not(operands.getFirst());
            case IS_NULL, IS_UNKNOWN -> new Logic.IsNull(operands.getFirst(), false);
            case IS_NOT_NULL -> new Logic.IsNull(operands.getFirst(), true);
            case IS_TRUE -> new Logic.IsTruth(operands.getFirst(), true, false);
            case IS_NOT_TRUE -> new Logic.IsTruth(operands.getFirst(), true, true);
            case IS_FALSE -> new Logic.IsTruth(operands.getFirst(), false, false);
            case IS_NOT_FALSE -> new Logic.IsTruth(operands.getFirst(), false, true);
            case IS_DISTINCT_FROM -> Comparison.Distinct.of(operandType(call), operands.get(0), operands.get(1), false);
            case IS_NOT_DISTINCT_FROM ->
                Comparison.Distinct.of(operandType(call), operands.get(0), operands.get(1), true);
            case CASE -> choice(operands);
            case COALESCE -> new Choice.Coalesce(operands);
            default -> throw unknown(call);
        };
    }

    private static Evaluator choice(List<Evaluator> operands) {
        List<Evaluator> conditions = new ArrayList<>();
        List<Evaluator> results = new ArrayList<>();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            conditions.add(operands.get(i));
            results.add(operands.get(i + 1));
        }
        return new Choice.Case(List.copyOf(conditions), List.copyOf(results), operands.getLast());
    }

    private List<Evaluator> compileAll(List<RexNode> nodes) {
        return nodes.stream().map(this::compile).toList();
    }

    private static ColumnType operandType(RexCall comparison) {
        return RelTypes.columnType(comparison.getOperands().getFirst().getType());
    }

    /** An operand of a comparison, as a number where its type allows that. */
    private Evaluator number(RexCall comparison, int operand) {
        Evaluator evaluator = compile(comparison.getOperands().get(operand));
        boolean isNumber = RawLong.isOrdered(operandType(comparison));
        boolean worthIt =
                evaluator instanceof Leaves.Parameter || evaluator instanceof Leaves.Outer || evaluator instanceof Memo;
        return isNumber && worthIt ? new Numbered(evaluator, newMemo()) : evaluator;
    }

    /** Remembers what is neither a leaf nor dependent on a row, on chance or on an enclosing query. */
    private Evaluator memoised(RexCall call, Evaluator compiled) {
        return isSettled(call) ? new Memo(compiled, newMemo()) : compiled;
    }

    private static boolean isSettled(RexNode node) {
        if (Constants.isConstant(node)) {
            return true;
        }
        return switch (node) {
            case RexDynamicParam parameter -> true;
            case RexSubQuery subquery -> false;
            case RexCall call -> {
                ScalarFunction function = ScalarFunction.of(call.getOperator());
                yield (function == null || function.volatility() != Volatility.VOLATILE)
                        && call.getOperands().stream().allMatch(EvaluatorCompiler::isSettled);
            }
            default -> false;
        };
    }

    private static CodedException unknown(RexNode node) {
        return new CodedException(ErrorCode.INTERNAL, "expression cannot be executed")
                .with("kind", node.getKind())
                .with("expression", node);
    }
}
