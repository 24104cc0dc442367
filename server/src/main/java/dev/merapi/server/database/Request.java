package dev.merapi.server.database;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.system.LiveDescription;
import dev.merapi.store.Caller;
import dev.merapi.store.Snapshot;
import dev.merapi.store.Transaction;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.Position;
import org.jspecify.annotations.Nullable;

/** What the writer of a database can be asked for. */
public sealed interface Request {
    /** Tells the asker that nothing came of it, and why. */
    void fail(CodedException reason);

    /** Told before it is handed over what is kept live, if it has to know. */
    default void know(LiveDescription live) {}

    /**
     * A transaction of its own.
     *
     * @param cause what it is, in a word, for the log
     */
    record Write<T>(Caller caller, String cause, Work<T> work, Confirm confirm, Completion<T> completion)
            implements Request {
        @Override
        public void fail(CodedException reason) {
            completion.failed(reason);
        }

        @Override
        public void know(LiveDescription live) {
            work.know(live);
        }
    }

    /** A snapshot that holds everything asked for before. Several readers of one batch share it. */
    record Read(SnapshotReceiver receiver) implements Request {
        @Override
        public void fail(CodedException reason) {
            receiver.failed(reason);
        }
    }

    /** What happens inside a transaction, on the writer's thread: no waiting, no I/O. */
    interface Work<T> {
        /**
         * Reads and writes. Whatever it throws rolls the transaction back.
         */
        T run(Transaction tx);

        /**
         * Whether it wants to run again, in a further transaction, now that this one is committed. The outcome of the
         * last run counts.
         */
        default boolean continues() {
            return false;
        }

        /** As {@link Request#know}. */
        default void know(LiveDescription live) {}
    }

    /** Takes the outcome of a transaction. Called once, on the thread of the writer or of its log: must not block. */
    interface Completion<T> {
        /** It is done. {@link #flush} follows when others that were done at the same time have been told as well. */
        void completed(T value, Receipt receipt);

        /** Nothing came of it. No {@link #flush} follows. */
        void failed(CodedException reason);

        /** Called once behind {@link #completed}, so that answers that go the same way can go together. */
        default void flush() {}
    }

    /** Takes a snapshot. Called once, on the writer's thread: must not block and not read large tables. */
    interface SnapshotReceiver {
        void accept(Snapshot snapshot);

        void failed(CodedException reason);
    }

    /**
     * What a transaction has become.
     *
     * @param position its own commit, or, when it wrote nothing, what it has read
     * @param durable whether that was on disk when the answer was given
     */
    record Receipt(Position position, boolean durable) {}

    /** A transaction that is done and waits for the moment to say so. */
    record Answer<T>(Write<T> write, @Nullable T value, long offset) {
        @SuppressWarnings("NullAway") // the value is what the work returned; T itself may be nullable
        void complete(long epoch, boolean durable) {
            write.completion().completed(value, new Receipt(new Position(epoch, offset), durable));
        }
    }
}
