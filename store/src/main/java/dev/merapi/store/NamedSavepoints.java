package dev.merapi.store;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The named places in a transaction, as SQL has them: a name may be given again, and means the youngest place then.
 * Part of the {@link Transaction} and under its rules.
 */
public final class NamedSavepoints {
    /** Each holds a place in the undo log; a request that sets thousands of them has lost its way. */
    private static final int MAX_SAVEPOINTS = 1000;

    private record Named(String name, Savepoint savepoint) {}

    private final Transaction transaction;
    private final List<Named> places = new ArrayList<>();

    NamedSavepoints(Transaction transaction) {
        this.transaction = transaction;
    }

    /**
     * Marks the present place.
     *
     * @throws CodedException STORE_LIMIT for too many places
     */
    public void set(String name) {
        if (places.size() >= MAX_SAVEPOINTS) {
            throw new CodedException(ErrorCode.STORE_LIMIT, "transaction has too many savepoints")
                    .with("limit", MAX_SAVEPOINTS)
                    .hint("release those that are done with");
        }
        places.add(new Named(name, transaction.savepoint()));
    }

    /**
     * Takes back what happened since the place; it stays, later ones are gone.
     *
     * @throws CodedException UNKNOWN_SAVEPOINT
     */
    public void rollbackTo(String name) {
        int index = find(name);
        transaction.rollbackTo(places.get(index).savepoint());
        places.subList(index + 1, places.size()).clear();
    }

    /**
     * Forgets the place and all later ones, and keeps what happened since.
     *
     * @throws CodedException UNKNOWN_SAVEPOINT
     */
    public void release(String name) {
        places.subList(find(name), places.size()).clear();
    }

    private int find(String name) {
        for (int i = places.size() - 1; i >= 0; i--) {
            if (places.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new CodedException(ErrorCode.UNKNOWN_SAVEPOINT, "savepoint does not exist")
                .with("savepoint", name)
                .hint("SAVEPOINT, ROLLBACK TO and RELEASE belong into one request");
    }
}
