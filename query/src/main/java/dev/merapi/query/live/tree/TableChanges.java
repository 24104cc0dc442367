package dev.merapi.query.live.tree;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.Commit;
import dev.merapi.store.ReadView;
import dev.merapi.store.SchemaChange;

/** Which schema changes end a live query: those that drop its table or change the table's columns, name
 * or policies. */
public final class TableChanges {
    private TableChanges() {}

    public static boolean breaks(TableSchema table, Commit commit) {
        for (SchemaChange change : commit.schemaChanges()) {
            if (breaks(table, change)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The same for commits from before the query was compiled, whose changes the table shows already: that rows were
     * secured in other ways before cannot be seen by the table, so it is assumed wherever it is possible.
     */
    public static boolean breaksHistory(TableSchema table, Commit commit) {
        return breaks(table, commit)
                || commit.schemaChanges().stream()
                        .anyMatch(change -> change instanceof SchemaChange.TableAltered altered
                                && altered.table().tableId() == table.tableId()
                                && altered.table().rowSecurity().revision() > 0);
    }

    private static boolean breaks(TableSchema table, SchemaChange change) {
        int tableId = table.tableId();
        return switch (change) {
            case SchemaChange.TableDropped dropped -> dropped.tableId() == tableId;
            case SchemaChange.TableAltered altered ->
                altered.table().tableId() == tableId && !sameColumns(table, altered);
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
    private static boolean sameColumns(TableSchema table, SchemaChange.TableAltered altered) {
        return altered.rewrite() instanceof SchemaChange.RowRewrite.Keep
                && altered.table().rowType().equals(table.rowType())
                && altered.table().name().equals(table.name())
                && altered.table().rowSecurity().equals(table.rowSecurity())
                && altered.table().primaryKeyColumns().equals(table.primaryKeyColumns());
    }

    /**
     * @throws CodedException SCHEMA_CHANGED when the view has no table of that id with these columns
     */
    public static void requireUnchanged(TableSchema compiledFor, ReadView view) {
        boolean unchanged = view.catalog().tables().stream()
                .anyMatch(table -> table.tableId() == compiledFor.tableId()
                        && table.rowType().equals(compiledFor.rowType())
                        && table.rowSecurity().equals(compiledFor.rowSecurity()));
        if (!unchanged) {
            throw schemaChanged(compiledFor);
        }
    }

    public static CodedException schemaChanged(TableSchema table) {
        return new CodedException(
                        ErrorCode.SCHEMA_CHANGED,
                        "table of a live query was dropped or changed its columns or policies")
                .with("table", table.name())
                .hint("subscribe again");
    }
}
