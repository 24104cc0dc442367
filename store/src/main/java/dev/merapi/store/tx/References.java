package dev.merapi.store.tx;

import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * The foreign keys a table has a part in. Immutable; holds until the next schema change.
 *
 * @param outgoing from this table to others
 * @param incoming from others (or itself) to this table
 */
record References(List<ForeignKeyRule> outgoing, List<ForeignKeyRule> incoming) {
    static References of(LiveTables tables, LiveTable table) {
        List<ForeignKeyRule> outgoing = new ArrayList<>();
        for (ForeignKey key : table.schema().foreignKeys()) {
            outgoing.add(new ForeignKeyRule(key, table, tables.table(key.referencedTableId())));
        }
        List<ForeignKeyRule> incoming = new ArrayList<>();
        for (TableSchema child : tables.catalog().referencing(table.tableId())) {
            for (ForeignKey key : child.foreignKeys()) {
                if (key.referencedTableId() == table.tableId()) {
                    incoming.add(new ForeignKeyRule(key, tables.table(child.tableId()), table));
                }
            }
        }
        return new References(List.copyOf(outgoing), List.copyOf(incoming));
    }
}
