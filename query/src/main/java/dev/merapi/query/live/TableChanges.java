package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.store.Commit;
import dev.merapi.store.SchemaChange;

/** Which schema changes end a live query: those that drop its table or change the table's columns or name. */
final class TableChanges {
    private TableChanges() {}

    static boolean breaks(LiveTemplate template, Commit commit) {
        for (SchemaChange change : commit.schemaChanges()) {
            if (breaks(template, change)) {
                return true;
            }
        }
        return false;
    }

    private static boolean breaks(LiveTemplate template, SchemaChange change) {
        int tableId = template.table().tableId();
        return switch (change) {
            case SchemaChange.TableDropped dropped -> dropped.tableId() == tableId;
            case SchemaChange.TableAltered altered ->
                altered.table().tableId() == tableId && !sameColumns(template, altered);
            // Whoever held rows of this query before held those of another table of the same name.
            case SchemaChange.TableCreated created -> created.table().tableId() == tableId;
            case SchemaChange.SchemaCreated created -> false;
            case SchemaChange.SchemaDropped dropped -> false;
        };
    }

    /**
     * New indexes, constraints and defaults leave rows and their meaning as they are. A rewrite does not, even when it
     * ends with the columns the query was compiled for: rows from before it have others.
     */
    private static boolean sameColumns(LiveTemplate template, SchemaChange.TableAltered altered) {
        return altered.rewrite() instanceof SchemaChange.RowRewrite.Keep
                && altered.table().rowType().equals(template.table().rowType())
                && altered.table().name().equals(template.table().name())
                && altered.table().primaryKeyColumns().equals(template.table().primaryKeyColumns());
    }

    static CodedException schemaChanged(LiveTemplate template) {
        return new CodedException(ErrorCode.SCHEMA_CHANGED, "table of a live query was dropped or changed its columns")
                .with("table", template.table().name())
                .hint("subscribe again");
    }
}
