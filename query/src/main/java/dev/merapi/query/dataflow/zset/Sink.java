package dev.merapi.query.dataflow.zset;

import dev.merapi.query.expr.row.Row;

/** Takes a change row by row. */
@FunctionalInterface
public interface Sink {
    /**
     * Takes a row that came ({@code weight} times) or went (negative).
     *
     * @param row may be a view that its producer moves on: who holds it, {@link Rows#held keeps} it
     */
    void accept(Row row, int weight);
}
