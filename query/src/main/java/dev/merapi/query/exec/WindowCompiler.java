package dev.merapi.query.exec;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.exec.operator.KeyReader;
import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.RowOrder;
import dev.merapi.query.exec.window.FramePlan;
import dev.merapi.query.exec.window.WindowCallPlan;
import dev.merapi.query.exec.window.WindowRows;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.expr.eval.Evaluator;
import dev.merapi.query.expr.function.StandardFunctions;
import dev.merapi.query.expr.relation.WindowCall;
import dev.merapi.query.expr.relation.WindowFrame;
import dev.merapi.query.expr.relation.WindowNode;
import dev.merapi.query.expr.value.ValueOrder;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Compiles calls with OVER. Part of a {@link PlanCompiler}. */
final class WindowCompiler {
    private final PlanCompiler compiler;

    WindowCompiler(PlanCompiler compiler) {
        this.compiler = compiler;
    }

    Operator compile(WindowNode node) {
        List<ColumnType> types = PlanCompiler.types(node.getInput());
        List<WindowCallPlan> calls =
                node.calls().stream().map(call -> call(call, types)).toList();
        String text = node.calls().stream().map(call -> call.function().name()).collect(Collectors.joining(", "));
        return new WindowRows(compiler.compile(node.getInput()), calls, text);
    }

    private WindowCallPlan call(WindowCall call, List<ColumnType> types) {
        List<Integer> partitionBy = call.partitionBy();
        int[] columns = partitionBy.stream().mapToInt(Integer::intValue).toArray();
        KeyReader partition = columns.length == 0
                ? null
                : new KeyReader(columns, partitionBy.stream().map(types::get).toList());
        return new WindowCallPlan(
                call.function(),
                call.arguments(),
                call.filter(),
                call.ignoreNulls(),
                partition,
                new RowOrder(call.orderBy(), types),
                call.frame(),
                frame(call, types));
    }

    private FramePlan frame(WindowCall call, List<ColumnType> types) {
        RexNode start = call.frame().start().offsetOrNull();
        RexNode end = call.frame().end().offsetOrNull();
        if (start == null && end == null) {
            return FramePlan.NO_OFFSETS;
        }
        FramePlan.Range range = call.frame().unit() == WindowFrame.Unit.RANGE ? range(call, types, start, end) : null;
        return new FramePlan(evaluator(start), evaluator(end), range);
    }

    private @Nullable Evaluator evaluator(@Nullable RexNode node) {
        return node == null ? null : compiler.expression(node);
    }

    private static FramePlan.Range range(
            WindowCall call, List<ColumnType> types, @Nullable RexNode start, @Nullable RexNode end) {
        RelFieldCollation order = call.orderBy().getFirst();
        ColumnType column = Casts.base(types.get(order.getFieldIndex()));
        ScalarFunction plusStart = sum("+", column, start);
        ScalarFunction plusEnd = sum("+", column, end);
        ScalarFunction sum = plusStart == null ? plusEnd : plusStart;
        ColumnType bound = sum == null ? column : Casts.base(sum.resultType());
        boolean descending = order.direction.isDescending();
        return new FramePlan.Range(
                order.getFieldIndex(),
                descending,
                order.nullDirection == RelFieldCollation.NullDirection.FIRST
                        || (order.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED && descending),
                column.equals(bound) ? null : StandardFunctions.casts().cast(column, bound),
                plusStart,
                sum("-", column, start),
                plusEnd,
                sum("-", column, end),
                ValueOrder.comparator(bound));
    }

    private static @Nullable ScalarFunction sum(String operator, ColumnType column, @Nullable RexNode offset) {
        if (offset == null) {
            return null;
        }
        ColumnType type = RelTypes.columnType(offset.getType());
        ScalarFunction function = StandardFunctions.functions().resolveOperator(operator, column, type);
        if (function == null || !function.parameterTypes().equals(List.of(column, Casts.base(type)))) {
            throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "RANGE cannot add this offset to its column")
                    .with("column type", column.sqlName())
                    .with("offset type", type.sqlName())
                    .hint("cast the offset to the type of the column");
        }
        return function;
    }
}
