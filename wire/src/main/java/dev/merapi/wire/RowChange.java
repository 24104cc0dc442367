package dev.merapi.wire;

/** One change of one row of a result. Rows are BSATN bytes of the result's row type; they must not be modified. */
public sealed interface RowChange {
    /** A row has entered the result. */
    record Insert(byte[] row) implements RowChange {}

    /** A row has left the result: these were its bytes. */
    record Delete(byte[] row) implements RowChange {}

    /** A row of the result has got other bytes. */
    record Update(byte[] before, byte[] after) implements RowChange {}
}
