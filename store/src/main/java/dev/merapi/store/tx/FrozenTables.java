package dev.merapi.store.tx;

import dev.merapi.store.Catalog;
import dev.merapi.store.table.EpochVector;
import dev.merapi.store.table.TableState;

/** All tables at one moment; nobody changes them any more. Any thread may read it once it was handed over safely. */
public record FrozenTables(Catalog catalog, EpochVector<TableState> states) {
    /**
     * The table with this id.
     *
     * @throws dev.merapi.api.error.CodedException UNKNOWN_TABLE
     */
    public TableState table(int tableId) {
        TableState state = tableId < 0 ? null : states.get(tableId);
        if (state == null) {
            throw Refusals.unknownTable(tableId);
        }
        return state;
    }
}
