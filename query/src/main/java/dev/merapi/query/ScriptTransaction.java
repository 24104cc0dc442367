package dev.merapi.query;

import java.util.List;

/**
 * A stretch of a script that is one transaction.
 *
 * @param statements their texts, in order; BEGIN, COMMIT and ROLLBACK are left out
 * @param offsets where each text starts in the script, in characters
 * @param end what happens behind the last one
 */
public record ScriptTransaction(List<String> statements, List<Integer> offsets, End end) {
    /** How a transaction ends. */
    public enum End {
        COMMIT,
        ROLLBACK
    }

    public ScriptTransaction {
        statements = List.copyOf(statements);
        offsets = List.copyOf(offsets);
    }
}
