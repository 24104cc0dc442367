package dev.merapi.query.exec.join;

import dev.merapi.query.expr.row.JoinedRow;
import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/** A view on a probing row and its partner, in the order in which the query has their inputs. */
record Pair(JoinedRow row, boolean crossed) {
    JoinedRow of(@Nullable Row probe, @Nullable Row partner) {
        return crossed ? row.of(partner, probe) : row.of(probe, partner);
    }
}
