package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.zset.Sink;
import dev.merapi.query.expr.row.Row;
import java.util.Arrays;

/** A node of a circuit: it emits the change of its output to all who read it. */
public abstract class Operator {
    private Sink[] readers = {};

    /** Lets somebody read this operator's output, from the next change on. */
    public final void feed(Sink reader) {
        readers = Arrays.copyOf(readers, readers.length + 1);
        readers[readers.length - 1] = reader;
    }

    /** Gives a change to all readers. */
    protected final void emit(Row row, int weight) {
        for (Sink reader : readers) {
            reader.accept(row, weight);
        }
    }

    /** Works on the changes its inputs have collected; for an operator that does not pass on each row at once. */
    public void step() {}

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
