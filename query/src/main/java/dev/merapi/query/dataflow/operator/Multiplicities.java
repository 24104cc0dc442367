package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.expression.Key;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.dataflow.zset.Rows;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Operators for which it only matters how often a row is in each input. Held is that number for each row, rows that are
 * equal in SQL's sense counted together and shown as their {@link Representative} in the first input; a change of the
 * output is the new multiplicity less the old one, for each row that changed.
 */
abstract class Multiplicities extends Operator {
    private static final int BYTES_PER_ROW = 96;

    private static final class Count {
        final Row first;
        final Representative representative;
        final long[] inInput;
        Row row;
        long shown;

        Count(Row first, boolean several, int inputs) {
            this.first = first;
            this.row = first;
            this.representative = new Representative(first, several);
            this.inInput = new long[inputs];
        }

        boolean isNothing() {
            for (long count : inInput) {
                if (count != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Delta> inputs;
    private final Key key;
    private final boolean several;
    private final EvalContext constants;
    private final Map<Object, Count> counts = new HashMap<>();
    private long bytes;

    Multiplicities(List<Delta> inputs, Key key, EvalContext constants) {
        this.inputs = List.copyOf(inputs);
        this.key = key;
        this.several = key.hasSeveralForms();
        this.constants = constants;
    }

    /** How often a row is in the output that is so often in each input. */
    abstract long multiplicity(long[] inInput);

    @Override
    public final void step() {
        Map<Object, Count> touched = new LinkedHashMap<>();
        for (int input = 0; input < inputs.size(); input++) {
            Delta delta = inputs.get(input);
            for (int i = 0; i < delta.size(); i++) {
                Object value = key.required(delta.row(i), constants);
                Count count = counts.get(value);
                if (count == null) {
                    count = new Count(delta.row(i), several, inputs.size());
                    counts.put(value, count);
                    bytes += BYTES_PER_ROW + Rows.bytes(count.first);
                }
                count.inInput[input] += delta.weight(i);
                if (input == 0) {
                    count.representative.add(delta.row(i), delta.weight(i));
                }
                touched.put(value, count);
            }
        }
        for (Map.Entry<Object, Count> entry : touched.entrySet()) {
            Count count = entry.getValue();
            show(count, multiplicity(count.inInput));
            if (count.isNothing()) {
                counts.remove(entry.getKey());
                bytes -= BYTES_PER_ROW + Rows.bytes(count.first);
            }
        }
    }

    private void show(Count count, long now) {
        Row row = count.representative.row();
        if (count.shown != 0 && !row.equals(count.row)) {
            emit(count.row, Math.toIntExact(-count.shown));
            count.shown = 0;
        }
        count.row = row;
        if (now != count.shown) {
            emit(row, Math.toIntExact(now - count.shown));
            count.shown = now;
        }
    }

    @Override
    public final boolean isHolding() {
        return true;
    }

    @Override
    public final long rows() {
        return counts.size();
    }

    @Override
    public final long bytes() {
        return bytes;
    }
}
