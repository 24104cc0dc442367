package dev.merapi.query.exec.window;

import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.WindowFunction;
import dev.merapi.query.expr.WindowView;
import org.jspecify.annotations.Nullable;

/** A window function at work: shows it the partition from the row it stands on. */
final class FramedView implements PartitionCall, WindowView {
    private final WindowCallPlan call;
    private final WindowFunction function;
    private final Partition partition;
    private final Frames frames;
    private final EvalContext eval;
    private int position;

    FramedView(WindowCallPlan call, WindowFunction function, Partition partition, Frames frames, EvalContext eval) {
        this.call = call;
        this.function = function;
        this.partition = partition;
        this.frames = frames;
        this.eval = eval;
    }

    @Override
    public @Nullable Object valueAt(int newPosition) {
        position = newPosition;
        return function.evaluate(eval, this);
    }

    @Override
    public int partitionSize() {
        return partition.size();
    }

    @Override
    public int position() {
        return position;
    }

    @Override
    public int groupStart() {
        return partition.groupStart(partition.groupOf(position));
    }

    @Override
    public int groupEnd() {
        return partition.groupStart(partition.groupOf(position) + 1L);
    }

    @Override
    public int groupsBefore() {
        return partition.groupOf(position);
    }

    @Override
    public int frameRow(int n) {
        int start = frames.start(position);
        int end = frames.end(position);
        if (frames.excludesNothing()) {
            return n < end - start ? start + n : -1;
        }
        int left = n;
        for (int row = start; row < end; row++) {
            if (!frames.isExcluded(position, row) && left-- == 0) {
                return row;
            }
        }
        return -1;
    }

    @Override
    public int lastFrameRow() {
        int start = frames.start(position);
        for (int row = frames.end(position) - 1; row >= start; row--) {
            if (!frames.isExcluded(position, row)) {
                return row;
            }
        }
        return -1;
    }

    @Override
    public @Nullable Object argument(int row, int argument) {
        return partition.row(row).get(call.arguments().get(argument));
    }

    @Override
    public boolean ignoreNulls() {
        return call.ignoreNulls();
    }
}
