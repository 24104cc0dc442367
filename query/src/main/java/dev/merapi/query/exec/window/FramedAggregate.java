package dev.merapi.query.exec.window;

import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.AggregateFunction;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over frames. From one row to the next a frame's start and end only move forward, so a frame that grows
 * at its end is followed by adding, and one that slides by adding and taking back, where the aggregate can do that;
 * otherwise a frame that differs from the one before is counted afresh.
 */
final class FramedAggregate implements PartitionCall {
    private final WindowCallPlan call;
    private final AggregateFunction function;
    private final Partition partition;
    private final Frames frames;
    private final EvalContext eval;

    private Accumulator accumulator;
    private int start;
    private int end;
    private @Nullable Object value;
    private boolean known;

    FramedAggregate(
            WindowCallPlan call, AggregateFunction function, Partition partition, Frames frames, EvalContext eval) {
        this.call = call;
        this.function = function;
        this.partition = partition;
        this.frames = frames;
        this.eval = eval;
        this.accumulator = function.newAccumulator();
    }

    @Override
    public @Nullable Object valueAt(int position) {
        int newStart = frames.start(position);
        int newEnd = frames.end(position);
        if (!frames.excludesNothing()) {
            return afresh(position, newStart, newEnd);
        }
        if (known && newStart == start && newEnd == end) {
            return value;
        }
        moveTo(newStart, newEnd);
        value = accumulator.result(eval);
        known = true;
        return value;
    }

    private void moveTo(int newStart, int newEnd) {
        boolean slides = newStart == start || accumulator.isRetractable();
        if (newStart < start || newEnd < end || !slides || newStart >= end) {
            accumulator = function.newAccumulator();
            start = newStart;
            end = newStart;
        }
        while (end < newEnd) {
            add(accumulator, partition.row(end++));
        }
        while (start < newStart) {
            Row row = partition.row(start++);
            if (counts(row)) {
                accumulator.remove(eval, call.argumentsOf(row));
            }
        }
    }

    private @Nullable Object afresh(int position, int from, int to) {
        Accumulator fresh = function.newAccumulator();
        for (int row = from; row < to; row++) {
            eval.tick();
            if (!frames.isExcluded(position, row)) {
                add(fresh, partition.row(row));
            }
        }
        return fresh.result(eval);
    }

    private void add(Accumulator to, Row row) {
        if (counts(row)) {
            to.add(eval, call.argumentsOf(row));
        }
    }

    private boolean counts(Row row) {
        int filter = call.filter();
        if (filter >= 0 && (row.isNull(filter) || !row.getBoolean(filter))) {
            return false;
        }
        if (function.strict()) {
            for (int argument : call.arguments()) {
                if (row.isNull(argument)) {
                    return false;
                }
            }
        }
        return true;
    }
}
