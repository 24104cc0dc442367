package dev.merapi.api.module.spi;

import dev.merapi.api.module.Rows;
import dev.merapi.api.value.BsatnReader;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows that become records while they are walked.
 *
 * @param walks begins a new walk
 * @param reader reads a row
 * @param <R> the record of a row
 */
public record DecodedRows<R>(Supplier<RowStore.Walk> walks, ValueReader<R> reader) implements Rows<R> {
    @Override
    public Iterator<R> iterator() {
        return new Decoding<>(walks.get(), reader);
    }

    private static final class Decoding<R> implements Iterator<R> {
        private final RowStore.Walk walk;
        private final ValueReader<R> reader;
        private byte @Nullable [] ahead;

        Decoding(RowStore.Walk walk, ValueReader<R> reader) {
            this.walk = walk;
            this.reader = reader;
            ahead = walk.next();
        }

        @Override
        public boolean hasNext() {
            return ahead != null;
        }

        @Override
        public R next() {
            byte[] row = ahead;
            if (row == null) {
                throw new NoSuchElementException("no more rows: ask hasNext() first");
            }
            ahead = walk.next();
            return reader.get(new BsatnReader(row));
        }
    }
}
