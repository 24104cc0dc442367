package dev.merapi.wire;

/** When a transaction counts as done for the one who asked for it. */
public enum Confirm {
    /** When the commit is on disk: it survives a crash of the process and of the machine. */
    DURABLE,
    /** When the commit is visible to everybody: a crash within the next moments may take it back. */
    COMMITTED
}
