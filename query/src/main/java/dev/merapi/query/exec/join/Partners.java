package dev.merapi.query.exec.join;

import dev.merapi.query.expr.row.Row;
import org.jspecify.annotations.Nullable;

/** Where a join looks for partners of a left row: candidates, which still have to fulfil the rest of the condition. */
interface Partners {
    /** Looks for the candidates of a left row. */
    void find(Row left);

    /** The next candidate, or null. */
    @Nullable
    Row next();

    /** Notes that the candidate given last is a partner. */
    default void matched() {}

    /** After the last left row: right rows that never were a partner, one by one. Only for RIGHT and FULL. */
    default @Nullable Row nextUnmatched() {
        return null;
    }
}
