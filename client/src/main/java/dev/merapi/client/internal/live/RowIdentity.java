package dev.merapi.client.internal.live;

import dev.merapi.api.value.RowKey;
import java.util.Arrays;

/** When two rows are the same row. */
sealed interface RowIdentity {
    int hash(byte[] row);

    boolean same(byte[] one, byte[] other);

    /** Some columns tell rows apart; compared by value, as SQL does. */
    record ByKey(RowKey key) implements RowIdentity {
        @Override
        public int hash(byte[] row) {
            return key.hash(row);
        }

        @Override
        public boolean same(byte[] one, byte[] other) {
            return key.equal(one, key, other);
        }
    }

    /** All bytes together; rows that are equal may exist several times. */
    record ByBytes() implements RowIdentity {
        @Override
        public int hash(byte[] row) {
            return Arrays.hashCode(row);
        }

        @Override
        public boolean same(byte[] one, byte[] other) {
            return Arrays.equals(one, other);
        }
    }
}
