package dev.merapi.client;

/** When a write counts as done. */
public enum Confirmation {
    /** When it is on disk: it survives a crash of the server and of its machine. */
    DURABLE,
    /** When everybody can see it: a crash within the next moments may take it back. Faster. */
    COMMITTED
}
