package dev.merapi.query.live;

import dev.merapi.api.schema.ResultOrder;
import dev.merapi.query.ParameterValues;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.live.condition.SelectionPlan;
import dev.merapi.query.live.index.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Fills a template with the parameters of one request. */
final class RequestParameters {
    private static final @Nullable Object[] NONE = {};

    private RequestParameters() {}

    static TableQuery query(TableTemplateBuilder.Outcome outcome, LiveRequest request, LiveLimits limits) {
        List<@Nullable Object> own = ParameterValues.convert(outcome.parameterTypes(), request.parameters());
        EvalContext context = context(own, request.session());
        List<SelectionPlan> plans = outcome.selections();
        @Nullable Selection[] selections = new @Nullable Selection[plans.size()];
        for (int i = 0; i < selections.length; i++) {
            selections[i] = plans.get(i).select(context);
        }
        return new TableQuery(
                outcome.template(),
                selections,
                values(outcome.liftedValues(), plans, selections, context),
                limits,
                ResultOrder.NONE);
    }

    /** The values of the template's parameters; of those behind the last one that is asked for, none. */
    private static @Nullable Object[] values(
            List<Evaluator> lifted, List<SelectionPlan> plans, @Nullable Selection[] selections, EvalContext context) {
        int count = lifted.size();
        while (count > 0 && isIdle(count - 1, plans, selections)) {
            count--;
        }
        @Nullable Object[] values = count == 0 ? NONE : new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = isIdle(i, plans, selections) ? null : lifted.get(i).eval(ArrayRow.EMPTY, context);
        }
        return values;
    }

    private static boolean isIdle(int parameter, List<SelectionPlan> plans, @Nullable Selection[] selections) {
        for (int i = 0; i < selections.length; i++) {
            if (plans.get(i).isIdle(parameter, selections[i])) {
                return true;
            }
        }
        return false;
    }

    /** What can be evaluated before there are rows: parameters, and who asks. */
    static EvalContext context(List<@Nullable Object> parameters, SessionInfo session) {
        EvalContext.Caller caller =
                new EvalContext.Caller(session.user(), session.role(), session.claims(), session.schema());
        EvalContext.Environment environment = new EvalContext.Environment(
                caller, Instant.EPOCH, 0, new Random(0), EvalContext.Sequences.NONE, () -> false);
        return new EvalContext(parameters, environment);
    }
}
