package dev.merapi.store.table;

/**
 * The time between two published snapshots, as the owner of storage nodes. A node made in the current epoch is known to
 * the writer alone and is changed in place; any other node may be seen by a snapshot and is copied first. Taking a
 * snapshot is handing out the root and starting the next epoch; nothing is marked, counted or reclaimed, because the
 * garbage collector finds what no snapshot can reach.
 *
 * <p>Readers never look at epochs.
 */
public final class WriteEpoch {
    private final long number;

    private WriteEpoch(long number) {
        this.number = number;
    }

    public static WriteEpoch first() {
        return new WriteEpoch(1);
    }

    public WriteEpoch next() {
        return new WriteEpoch(number + 1);
    }

    /** The same ownership for nodes that are bare {@code long} arrays and cannot hold a reference. Never 0. */
    long number() {
        return number;
    }
}
