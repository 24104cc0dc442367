package dev.merapi.store.tx;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.store.SequenceChange;
import dev.merapi.store.table.TableState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Auto-increment sequences. Unlike PostgreSQL's they belong to the transaction: one that rolls back gives its numbers
 * back, so a committed history has no gaps that nobody can explain. With one writer that costs nothing.
 */
final class Sequences {
    private final LiveTables tables;
    private final UndoLog undo;
    /** The step recorded last: a bulk insert asks the same sequence a million times and needs one way back. */
    private @Nullable SequenceStep recent;

    Sequences(LiveTables tables, UndoLog undo) {
        this.tables = tables;
        this.undo = undo;
    }

    /** @param savepoint the place in the undo log of the youngest savepoint */
    long next(LiveTable table, int column, int savepoint) {
        long next = table.state().lastSequenceValue(column) + 1;
        long highest = highest(table, column);
        if (next > highest || next <= 0) {
            throw new CodedException(ErrorCode.SEQUENCE_EXHAUSTED, "sequence has reached the end of its column's type")
                    .with("table", table.schema().name())
                    .with("column", definition(table, column).name())
                    .with("limit", highest)
                    .hint("give values explicitly, or use a wider integer type");
        }
        set(table, column, next, savepoint);
        return next;
    }

    void advance(LiveTable table, int column, long atLeast, int savepoint) {
        highest(table, column);
        if (atLeast > table.state().lastSequenceValue(column)) {
            set(table, column, atLeast, savepoint);
        }
    }

    void restart(LiveTable table, int column, int savepoint) {
        highest(table, column);
        set(table, column, 0, savepoint);
    }

    private void set(LiveTable table, int column, long value, int savepoint) {
        SequenceStep step = recent;
        boolean recorded = step != null
                && step.table() == table
                && step.column() == column
                && step.position() >= savepoint
                && step.position() < undo.size()
                && Objects.equals(undo.step(step.position()), step);
        if (!recorded) {
            step = new SequenceStep(tables, table, column, undo.size());
            undo.step(step);
            recent = step;
        }
        tables.writable(table).setLastSequenceValue(column, value);
    }

    private static long highest(LiveTable table, int column) {
        ColumnDefinition definition = definition(table, column);
        if (!definition.autoIncrement() || !(definition.type() instanceof ScalarType type)) {
            throw new CodedException(ErrorCode.INVALID_SCHEMA, "column has no sequence")
                    .with("table", table.schema().name())
                    .with("column", definition.name());
        }
        int bits = type.fixedWidth() * 8 - (type.isSignedInteger() ? 1 : 0);
        return bits >= Long.SIZE - 1 ? Long.MAX_VALUE : (1L << bits) - 1;
    }

    private static ColumnDefinition definition(LiveTable table, int column) {
        return table.schema().columns().get(column);
    }

    /** The sequences of all tables whose sequences moved in this transaction. */
    List<SequenceChange> changes() {
        if (undo.steps() == 0) {
            return List.of();
        }
        List<LiveTable> moved = new ArrayList<>();
        for (int i = 0; i < undo.size(); i++) {
            if (undo.step(i) instanceof SequenceStep step
                    && !step.table().isDropped()
                    && !moved.contains(step.table())) {
                moved.add(step.table());
            }
        }
        List<SequenceChange> changes = new ArrayList<>();
        for (LiveTable table : moved) {
            TableState state = table.state();
            List<ColumnDefinition> columns = state.schema().columns();
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).autoIncrement()) {
                    changes.add(new SequenceChange(table.tableId(), i, state.lastSequenceValue(i)));
                }
            }
        }
        return changes;
    }

    void clear() {
        recent = null;
    }
}
