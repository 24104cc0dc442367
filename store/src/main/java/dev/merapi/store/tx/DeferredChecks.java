package dev.merapi.store.tx;

import dev.merapi.store.RowCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * Foreign key checks that failed when a row was written but may come true before the statement ends: a row inserted
 * before the one it refers to, a referenced row deleted before the referring ones. Usually empty.
 */
final class DeferredChecks {
    private sealed interface Check {
        /** A row that referred to nothing when it was written. */
        record Child(ForeignKeyRule rule, long rowId) implements Check {}

        /** A row that was referred to when it went away, or lost its key. */
        record Parent(ForeignKeyRule rule, byte[] row) implements Check {}
    }

    private final List<Check> checks = new ArrayList<>();

    void addChild(ForeignKeyRule rule, long rowId) {
        checks.add(new Check.Child(rule, rowId));
    }

    void addParent(ForeignKeyRule rule, byte[] row) {
        checks.add(new Check.Parent(rule, row));
    }

    boolean isEmpty() {
        return checks.isEmpty();
    }

    void clear() {
        checks.clear();
    }

    /** @throws dev.merapi.api.error.CodedException FOREIGN_KEY_VIOLATION for the first that still fails */
    void run() {
        for (Check check : checks) {
            switch (check) {
                case Check.Child child -> {
                    byte[] row = child.rule().child().state().row(child.rowId());
                    if (row != null && !child.rule().isSatisfied(row)) {
                        throw Refusals.missingParent(child.rule(), row);
                    }
                }
                case Check.Parent parent -> {
                    RowCursor children = parent.rule().children(parent.row());
                    if (!parent.rule().parentKeyExists(parent.row()) && children.next()) {
                        throw Refusals.stillReferenced(parent.rule(), parent.row());
                    }
                }
            }
        }
        checks.clear();
    }
}
