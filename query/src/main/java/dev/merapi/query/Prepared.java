package dev.merapi.query;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RowType;
import dev.merapi.store.ReadView;
import dev.merapi.store.Transaction;
import java.util.List;

/**
 * A statement that has been parsed, bound and planned against one catalog. Immutable and safe for any thread; may be
 * run any number of times. Run on a view with another catalog it plans itself anew first.
 */
public interface Prepared {
    StatementKind kind();

    /** Whether it needs a transaction. A SELECT does when something in its WITH writes. */
    boolean writes();

    /** Whether a run wants to know what is kept live: then it is asked for first, and given in the execution. */
    default boolean readsLive() {
        return false;
    }

    /** The types of {@code $1 …}, as inferred from their use. */
    List<ColumnType> parameterTypes();

    /** The columns of the rows it returns; empty for a statement without rows. */
    RowType resultType();

    /**
     * Runs a statement that only reads, on any thread that may read the view.
     *
     * @throws dev.merapi.api.error.CodedException WRITE_IN_QUERY if it {@link #writes}; QUERY_LIMIT,
     *     STATEMENT_CANCELLED; MISSING_PARAMETER and the codes of bad values; those of the expressions it computes
     */
    SqlResult run(ReadView view, Execution execution);

    /**
     * Runs any statement, on the writer's thread. It has either all of its effects or, when this throws, none; the
     * transaction stays usable.
     *
     * @throws dev.merapi.api.error.CodedException as {@link #run}, and those of constraints and schema changes
     */
    SqlResult execute(Transaction transaction, Execution execution);

    /** Does to a session what the statement says about it; {@link RequestSession#follow} asks for it. */
    default void changeSession(RequestSession session) {
        session.used();
    }
}
