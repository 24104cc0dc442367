package dev.merapi.store;

/**
 * A walk over rows: call {@link #next} before each row. Not thread-safe; belongs to the thread that opened it and needs
 * no closing.
 *
 * <p>A cursor of a {@link Snapshot} or of {@link Transaction#view} never sees later writes. A cursor of the
 * {@link Transaction} itself is good until the next write to its table; then {@link #next} throws
 * {@link IllegalStateException}. Whoever writes while walking collects row ids first or walks a view.
 */
public interface RowCursor {
    /** A walk over nothing. */
    RowCursor EMPTY = new EmptyCursor();

    /** Moves to the next row; false when there is none. */
    boolean next();

    /** The id of the current row. */
    long rowId();

    /** The bytes of the current row; shared, not to be altered. */
    byte[] row();

    /** The one state of a cursor without rows. */
    final class EmptyCursor implements RowCursor {
        private EmptyCursor() {}

        @Override
        public boolean next() {
            return false;
        }

        @Override
        public long rowId() {
            throw new IllegalStateException("no current row: next() was not called or returned false");
        }

        @Override
        public byte[] row() {
            throw new IllegalStateException("no current row: next() was not called or returned false");
        }
    }
}
