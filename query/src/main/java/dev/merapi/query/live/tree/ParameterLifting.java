package dev.merapi.query.live.tree;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.Volatility;
import dev.merapi.query.expr.relation.PolicyNode;
import dev.merapi.query.expr.relation.WindowNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.Util;

/**
 * Turns the constants of an expression into parameters, so that queries that differ in constants share a template. What
 * depends on the caller alone ({@code current_user}) is a constant of the subscription and lifted too.
 */
public final class ParameterLifting extends RexShuttle {
    /**
     * Stable functions that stay the same for one caller; other stable ones change with time and cannot be maintained.
     */
    private static final Set<String> CALLER_FUNCTIONS = Set.of(
            "current_user",
            "session_user",
            "user",
            "current_role",
            "current_schema",
            "current_database",
            "current_catalog",
            "version",
            "auth.uid",
            "auth.role",
            "auth.jwt",
            "merapi_claim",
            "current_setting");

    private final org.apache.calcite.rex.RexBuilder rexBuilder;
    private final int ownParameters;
    private final boolean liftsOwn;
    private final List<RexNode> lifted = new ArrayList<>();
    private boolean callerOnly;

    private ParameterLifting(org.apache.calcite.rex.RexBuilder rexBuilder, int ownParameters, boolean liftsOwn) {
        this.rexBuilder = rexBuilder;
        this.ownParameters = ownParameters;
        this.liftsOwn = liftsOwn;
    }

    /** What is lifted takes the numbers behind the query's own parameters, which stay as they are. */
    public static ParameterLifting behind(org.apache.calcite.rex.RexBuilder rexBuilder, int ownParameters) {
        return new ParameterLifting(rexBuilder, ownParameters, false);
    }

    /** Constants and parameters are numbered anew as they come, so that it does not matter which of them was which. */
    public static ParameterLifting anew(org.apache.calcite.rex.RexBuilder rexBuilder) {
        return new ParameterLifting(rexBuilder, 0, true);
    }

    /** The expressions lifted so far; the first has the number behind the query's own parameters. */
    public List<RexNode> lifted() {
        return List.copyOf(lifted);
    }

    /**
     * Turns constants of conditions into parameters. Others stay: in a select list or LIMIT they shape the result, and
     * what is computed from rows alone is shared by all subscribers. Below row policies and in queries inside
     * expressions only what depends on the caller is lifted, for everything else is the same for many.
     */
    public RelNode liftConditions(RelNode node) {
        boolean outside = callerOnly;
        callerOnly |= node instanceof PolicyNode;
        List<RelNode> inputs =
                node.getInputs().stream().map(this::liftConditions).toList();
        RelNode copy = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        callerOnly = outside;
        boolean isCondition = copy instanceof Filter filter && !boundsNumbers(filter);
        return copy.accept(isCondition ? this : insideQueries());
    }

    /**
     * Whether a filter says how many of each group's rows are wanted: a constant there shapes the result as LIMIT does.
     */
    private static boolean boundsNumbers(Filter filter) {
        return RelOptUtil.InputFinder.bits(filter.getCondition()).toList().stream()
                .anyMatch(column -> isNumber(filter.getInput(), column));
    }

    private static boolean isNumber(RelNode node, int column) {
        return switch (node) {
            case WindowNode window -> column >= window.getInput().getRowType().getFieldCount();
            case Project project ->
                project.getProjects().get(column) instanceof RexInputRef ref
                        && isNumber(project.getInput(), ref.getIndex());
            case Filter filter -> isNumber(filter.getInput(), column);
            default -> false;
        };
    }

    private RexShuttle insideQueries() {
        return new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                return ParameterLifting.this.visitSubQuery(query);
            }
        };
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
        boolean outside = callerOnly;
        callerOnly = true;
        RelNode rel = liftConditions(visited.rel);
        callerOnly = outside;
        return visited.clone(rel);
    }

    public RexNode lift(RexNode node) {
        requireMaintainable(node);
        return node.accept(this);
    }

    @Override
    public RexNode visitLiteral(RexLiteral literal) {
        // NULL, TRUE and FALSE shape a condition rather than fill it in.
        return callerOnly || literal.isNull() || literal.getValue() instanceof Boolean ? literal : lifted(literal);
    }

    @Override
    public RexNode visitDynamicParam(RexDynamicParam parameter) {
        return liftsOwn ? lifted(parameter) : parameter;
    }

    @Override
    public RexNode visitCall(RexCall call) {
        boolean lift = Constants.isConstant(call) ? !callerOnly : dependsOnCallerAlone(call);
        return lift ? lifted(call) : super.visitCall(call);
    }

    /** Whether a call has one value for each caller, who is asked for somewhere in it. */
    private static boolean dependsOnCallerAlone(RexCall call) {
        return isCallerFunction(call)
                || (call.getOperands().stream().allMatch(ParameterLifting::isFixed)
                        && call.getOperands().stream().anyMatch(node -> !Constants.isConstant(node)));
    }

    private static boolean isFixed(RexNode node) {
        return Constants.isConstant(node) || (node instanceof RexCall call && dependsOnCallerAlone(call));
    }

    private RexNode lifted(RexNode node) {
        RexNode parameter = rexBuilder.makeDynamicParam(node.getType(), ownParameters + lifted.size());
        lifted.add(node);
        return parameter;
    }

    /** Whether a call asks who the caller is, the same for every row. */
    public static boolean isCallerFunction(RexCall call) {
        ScalarFunction function = ScalarFunction.of(call.getOperator());
        return function != null
                && CALLER_FUNCTIONS.contains(function.name())
                && call.getOperands().stream().allMatch(Constants::isConstant);
    }

    /**
     * Refuses what changes without a commit.
     *
     * @throws CodedException LIVE_UNSUPPORTED naming the function
     */
    public static void requireMaintainable(RexNode node) {
        node.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitCall(RexCall call) {
                ScalarFunction function = ScalarFunction.of(call.getOperator());
                if (function != null && function.volatility() != Volatility.IMMUTABLE && !isCallerFunction(call)) {
                    throw new CodedException(ErrorCode.LIVE_UNSUPPORTED, "a live query cannot depend on this function")
                            .with("function", function.name())
                            .hint("its result changes without a commit; pass the value as a parameter");
                }
                return super.visitCall(call);
            }
        });
    }

    public static boolean readsParameter(RexNode node) {
        try {
            node.accept(new RexVisitorImpl<Void>(true) {
                @Override
                public Void visitDynamicParam(RexDynamicParam parameter) {
                    throw Util.FoundOne.NULL;
                }
            });
            return false;
        } catch (Util.FoundOne found) {
            return true;
        }
    }
}
