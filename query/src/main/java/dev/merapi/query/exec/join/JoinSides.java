package dev.merapi.query.exec.join;

import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.expr.row.JoinedRow;
import java.util.List;

/**
 * The two inputs of a join and what is done with each.
 *
 * @param probe read row by row
 * @param held looked into for each of these rows
 * @param crossed whether the probing input is the right one in the query, so that its columns come second; inner
 *     joins only
 */
public record JoinSides(Operator probe, Operator held, boolean crossed) {
    int columns(JoinKind kind) {
        return kind.leftOnly() ? probe.columns() : probe.columns() + held.columns();
    }

    /** The inputs in the order of the query. */
    List<Operator> inputs() {
        return crossed ? List.of(held, probe) : List.of(probe, held);
    }

    /** A view on a pair of rows, in the order of the query. */
    Pair pair() {
        return crossed
                ? new Pair(new JoinedRow(held.columns(), probe.columns()), true)
                : new Pair(new JoinedRow(probe.columns(), held.columns()), false);
    }
}
