package dev.merapi.query.expr.aggregate;

import static dev.merapi.testing.property.Property.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.Interval;
import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.function.StandardFunctions;
import dev.merapi.testing.property.Draw;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccumulatorPropertyTest {
    private static final List<ColumnType> TYPES =
            List.of(ScalarType.I16, ScalarType.I32, ScalarType.I64, ScalarType.I128, ScalarType.INTERVAL);

    private static Object value(Draw draw, ColumnType type) {
        long n = draw.longBetween(-1000, 1000);
        return switch ((ScalarType) type) {
            case I16 -> (short) n;
            case I32 -> (int) n;
            case I64 -> n * (draw.oneIn(3) ? 1L << 52 : 1);
            case I128 -> BigInteger.valueOf(n).shiftLeft(draw.intBetween(0, 100));
            default -> new Interval((int) n, (int) (n / 7), n * 12345);
        };
    }

    /** What a sliding frame does: rows enter at the front and leave at the back. */
    @Test
    void taking_rows_back_leaves_what_the_other_rows_come_to() {
        EvalContext context = EvalContext.ofParameters(List.of());
        property().runs(500).explore(draw -> {
            ColumnType type = draw.pick(TYPES);
            String name = draw.pick(List.of("sum", "avg", "count"));
            AggregateFunction function = StandardFunctions.functions().resolveAggregate(name, List.of(type));
            assertThat(function).isNotNull();
            Accumulator sliding = function.newAccumulator();
            assertThat(sliding.isRetractable()).isTrue();
            Deque<Object> frame = new ArrayDeque<>();
            draw.note(function);

            for (int i = draw.intBetween(0, 30); i > 0; i--) {
                if (!frame.isEmpty() && draw.oneIn(2)) {
                    sliding.remove(context, new Object[] {frame.removeFirst()});
                } else {
                    Object value = value(draw, type);
                    frame.addLast(value);
                    sliding.add(context, new Object[] {value});
                }
                Accumulator fresh = function.newAccumulator();
                frame.forEach(value -> fresh.add(context, new Object[] {value}));
                draw.note(frame);

                assertThat(sliding.result(context)).isEqualTo(fresh.result(context));
            }
        });
    }
}
