package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.zset.Sink;
import dev.merapi.query.expr.row.Row;
import java.util.Arrays;

/** A node of a circuit: it emits the change of its output to all who read it. */
public abstract class Operator {
    /** So many steps from one look at the watch to the next; a power of two. */
    private static final int STEPS_PER_WATCH = 1 << 16;

    private Sink[] readers = {};
    private Runnable watch = () -> {};
    private long work;

    /** Lets somebody read this operator's output, from the next change on. */
    public final void feed(Sink reader) {
        readers = Arrays.copyOf(readers, readers.length + 1);
        readers[readers.length - 1] = reader;
    }

    /** Has somebody look now and then, while there is much to do, whether it should go on: he throws if not. */
    public final void watch(Runnable watcher) {
        watch = watcher;
    }

    /** The steps taken since the start: rows given out, and pairs of rows looked at. */
    public final long work() {
        return work;
    }

    /** To be called once per row or pair by whatever loops without giving something out. */
    protected final void tick() {
        if ((++work & (STEPS_PER_WATCH - 1)) == 0) {
            watch.run();
        }
    }

    /** Gives a change to all readers. */
    protected final void emit(Row row, int weight) {
        tick();
        for (Sink reader : readers) {
            reader.accept(row, weight);
        }
    }

    /** Works on the changes its inputs have collected; for an operator that does not pass on each row at once. */
    public void step() {}

    /** Whether its changes come from outside, each row once. */
    public boolean isSource() {
        return false;
    }

    /**
     * Whether it holds anything itself that a step has changed by then: what it does not hold can be forgotten again.
     */
    public boolean isHolding() {
        return false;
    }

    /** The number of rows it holds itself, arrangements not counted. */
    public long rows() {
        return 0;
    }

    /** About how much memory these take. */
    public long bytes() {
        return 0;
    }
}
