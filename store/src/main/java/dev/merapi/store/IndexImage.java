package dev.merapi.store;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;

/**
 * The content of an index as a checkpoint keeps it: numbers that only the index understands, read once from front to
 * back. Belongs to the thread it is handed to, for the duration of the call.
 */
public interface IndexImage {
    /**
     * The form of the images this program writes. An image depends on how keys are hashed and ordered and on how an
     * index lays out its nodes: whoever changes one of these raises this number. Images with another number are not
     * used; the index is built from the rows instead.
     */
    int VERSION = 1;

    /**
     * Reads the next numbers.
     *
     * @throws CodedException MALFORMED_BSATN if there are not so many left
     */
    void read(long[] target, int from, int count);

    /** Reads the next number. */
    default long next() {
        long[] one = new long[1];
        read(one, 0, 1);
        return one[0];
    }

    /**
     * Reads a count.
     *
     * @throws CodedException MALFORMED_BSATN if it is not from 0 to {@code max}
     */
    default long nextCount(long max) {
        long count = next();
        if (count < 0 || count > max) {
            throw new CodedException(ErrorCode.MALFORMED_BSATN, "index image holds an impossible count")
                    .with("count", count)
                    .with("max", max);
        }
        return count;
    }
}
