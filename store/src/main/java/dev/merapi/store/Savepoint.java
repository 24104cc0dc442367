package dev.merapi.store;

/**
 * A place inside one transaction to go back to. Good until the transaction ends or goes back to an earlier place; going
 * back to it does not use it up.
 */
public final class Savepoint {
    private final Transaction owner;
    private final int mark;

    Savepoint(Transaction owner, int mark) {
        this.owner = owner;
        this.mark = mark;
    }

    Transaction owner() {
        return owner;
    }

    int mark() {
        return mark;
    }
}
