package dev.merapi.store.tx;

/** The way back of a sequence to where it was. */
final class SequenceStep implements UndoLog.Step {
    private final LiveTables tables;
    private final LiveTable table;
    private final int column;
    private final long before;
    private final int position;

    /** @param position the place of this step in the undo log */
    SequenceStep(LiveTables tables, LiveTable table, int column, int position) {
        this.tables = tables;
        this.table = table;
        this.column = column;
        this.before = table.state().lastSequenceValue(column);
        this.position = position;
    }

    @Override
    public void undo() {
        tables.writable(table).setLastSequenceValue(column, before);
    }

    LiveTable table() {
        return table;
    }

    int column() {
        return column;
    }

    int position() {
        return position;
    }
}
