package dev.merapi.query.dataflow.operator;

import dev.merapi.query.dataflow.zset.Sink;
import dev.merapi.query.expr.row.Row;

/** UNION ALL: the sum of its inputs. Linear: d(A + B) = dA + dB. */
public final class Union extends Operator implements Sink {
    @Override
    public void accept(Row row, int weight) {
        emit(row, weight);
    }
}
