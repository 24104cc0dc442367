package dev.merapi.server.module;

import dev.merapi.api.schema.RowType;
import dev.merapi.server.database.Request;
import dev.merapi.wire.Confirm;
import java.util.List;

/** A call whose function and arguments are known to be right. */
public sealed interface PreparedCall {
    /** Of a reducer: one transaction. */
    non-sealed interface OfReducer extends PreparedCall {
        /** The request to run it; once. */
        Request request(Confirm confirm, Request.Completion<Boolean> completion);
    }

    /** Of a procedure: it runs on a thread that may wait, for as long as it likes. */
    non-sealed interface OfProcedure extends PreparedCall {
        /**
         * Runs it, on the thread of the caller; once.
         *
         * @param confirm how safe each of its transactions has to be before it goes on
         * @throws dev.merapi.api.error.CodedException REDUCER_FAILED, REDUCER_CRASHED
         */
        Returned run(Confirm confirm);
    }

    /**
     * What a procedure returned: one row of one column, or none.
     */
    record Returned(RowType type, List<byte[]> rows) {}
}
