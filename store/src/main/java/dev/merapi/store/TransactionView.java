package dev.merapi.store;

import dev.merapi.store.tx.FrozenTables;

/** What a transaction saw at one moment, its uncommitted writes included. */
record TransactionView(long offset, FrozenTables tables) implements ReadView {
    @Override
    public Catalog catalog() {
        return tables.catalog();
    }

    @Override
    public TableReader table(int tableId) {
        return tables.table(tableId);
    }
}
