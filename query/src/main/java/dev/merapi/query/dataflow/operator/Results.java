package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.expression.Expression;
import dev.merapi.query.dataflow.expression.Subscriber;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.dataflow.zset.Sink;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a circuit: takes a commit's changes apart by subscriber, in the order of the query. What is given out is
 * consolidated: each row once, with a weight that is not 0.
 */
public final class Results implements Sink {
    /** Takes what changed for a subscriber. */
    @FunctionalInterface
    public interface Taker {
        void change(Subscriber subscriber, Row row, int weight);
    }

    private final Expression[] outputs;
    private final @Nullable Comparator<Row> order;
    private final EvalContext constants;
    private final Map<Subscriber, Delta> changes = new LinkedHashMap<>();

    /**
     * Makes the end.
     *
     * @param outputs over the rows that come in, whose first column is the subscriber
     * @param order of the rows that come in, or null
     */
    public Results(List<Expression> outputs, @Nullable Comparator<Row> order, EvalContext constants) {
        this.outputs = outputs.toArray(Expression[]::new);
        this.order = order;
        this.constants = constants;
    }

    @Override
    public void accept(Row row, int weight) {
        if (row.get(0) instanceof Subscriber subscriber) {
            changes.computeIfAbsent(subscriber, none -> new Delta()).accept(row, weight);
        } else {
            throw new IllegalStateException("a result belongs to nobody");
        }
    }

    /** Forgets what came. */
    public void discard() {
        changes.clear();
    }

    /** Gives out what came. */
    public void drain(Taker taker) {
        for (Map.Entry<Subscriber, Delta> change : changes.entrySet()) {
            Delta rows = projected(change.getValue());
            for (int i = 0; i < rows.size(); i++) {
                taker.change(change.getKey(), rows.row(i), rows.weight(i));
            }
        }
        changes.clear();
    }

    private Delta projected(Delta raw) {
        raw.consolidate();
        List<Integer> sequence = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            sequence.add(i);
        }
        if (order != null) {
            Comparator<Row> byRow = order;
            sequence.sort((a, b) -> byRow.compare(raw.row(a), raw.row(b)));
        }
        Delta rows = new Delta();
        for (int i : sequence) {
            rows.accept(Project.row(outputs, raw.row(i), constants), raw.weight(i));
        }
        rows.consolidate();
        return rows;
    }
}
