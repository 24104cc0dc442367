package dev.merapi.api.module;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Some rows of a table. They are read while they are walked, and a walk shows the rows as they were when it began:
 * inserting, updating and deleting meanwhile is safe and not seen by it. Can be walked several times; not after the
 * call.
 *
 * @param <R> the record of a row
 */
public interface Rows<R> extends Iterable<R> {
    /** The first row, if there is any. */
    default Optional<R> first() {
        for (R row : this) {
            return Optional.of(row);
        }
        return Optional.empty();
    }

    /** The rows one by one. */
    default Stream<R> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /** The rows as a list of their own, which stays valid. */
    default List<R> toList() {
        return stream().toList();
    }
}
