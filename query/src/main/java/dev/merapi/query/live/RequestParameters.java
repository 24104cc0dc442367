package dev.merapi.query.live;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.value.RowKey;
import dev.merapi.query.ParameterValues;
import dev.merapi.query.SessionInfo;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.row.ArrayRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Fills a template with the parameters of one request. */
final class RequestParameters {
    private RequestParameters() {}

    static TableQuery query(TableTemplateBuilder.Outcome outcome, LiveRequest request, LiveLimits limits) {
        List<@Nullable Object> own = ParameterValues.convert(outcome.parameterTypes(), request.parameters());
        EvalContext context = context(own, request.session());
        List<@Nullable Object> parameters = new ArrayList<>(own);
        for (Evaluator lifted : outcome.liftedValues()) {
            parameters.add(lifted.eval(ArrayRow.EMPTY, context));
        }
        TableTemplate template = outcome.template();
        RowKey key = template.key();
        if (key == null) {
            return new TableQuery(template, null, parameters, false, limits, ResultOrder.NONE);
        }
        @Nullable Object[] keyValues = new @Nullable Object[outcome.keyValues().size()];
        boolean matchesNothing = false;
        for (int i = 0; i < keyValues.length; i++) {
            Object value = outcome.keyValues().get(i).eval(ArrayRow.EMPTY, context);
            keyValues[i] = value;
            matchesNothing |= value == null || !fits(key.keyLayout().columnType(i), value);
        }
        if (matchesNothing) {
            return new TableQuery(template, null, parameters, true, limits, ResultOrder.NONE);
        }
        List<@Nullable Object> kept =
                template.hasRest() || template.projection().usesParameters()
                        ? Collections.unmodifiableList(parameters)
                        : List.of();
        return new TableQuery(template, key.keyLayout().encode(keyValues), kept, false, limits, ResultOrder.NONE);
    }

    /** What can be evaluated before there are rows: parameters, and who asks. */
    static EvalContext context(List<@Nullable Object> parameters, SessionInfo session) {
        EvalContext.Caller caller =
                new EvalContext.Caller(session.user(), session.role(), session.claims(), session.schema());
        EvalContext.Environment environment = new EvalContext.Environment(
                caller, Instant.EPOCH, 0, new Random(0), EvalContext.Sequences.NONE, () -> false);
        return new EvalContext(parameters, environment);
    }

    /** A number with more digits behind the point than its column has equals no row; encoding would round it. */
    private static boolean fits(ColumnType type, Object value) {
        if (type instanceof DecimalType decimal && decimal.isConstrained()) {
            BigDecimal number = (BigDecimal) value;
            BigDecimal stored = number.setScale(decimal.scale(), RoundingMode.HALF_UP);
            return stored.compareTo(number) == 0 && stored.precision() <= decimal.precision();
        }
        return true;
    }
}
