package dev.merapi.store;

/** A compiled CHECK of one version of a table. Must depend on the row alone: it is not evaluated again on recovery. */
@FunctionalInterface
public interface RowCheck {
    /** Whether the condition is false for the row; unknown (NULL) is no violation. */
    boolean violates(byte[] row);
}
