package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.module.spi.TableDescriptor;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.Bsatn;
import dev.merapi.store.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings the tables of a database to what a module wants, without losing anything: tables, indexes and columns behind
 * the others are added, indexes nobody wants any more are dropped. Everything else has to be done by hand, and the
 * refusal lists all of it. Tables the module does not name are left alone.
 */
final class TablePublisher {
    private final ModuleDescriptor<?> module;
    private final Transaction tx;
    private final List<String> obstacles = new ArrayList<>();

    TablePublisher(ModuleDescriptor<?> module, Transaction tx) {
        this.module = module;
        this.tx = tx;
    }

    /**
     * Does it.
     *
     * @return whether none of the module's tables were there before
     * @throws CodedException MODULE_INCOMPATIBLE with everything that is in the way
     */
    boolean publish() {
        boolean first = true;
        for (TableDescriptor wanted : module.tables()) {
            TableSchema present = tx.catalog().find(TableName.of(wanted.name()));
            if (present == null) {
                tx.createTable(wanted.toSchema());
            } else {
                first = false;
                migrate(wanted, present);
            }
        }
        if (!obstacles.isEmpty()) {
            throw new CodedException(ErrorCode.MODULE_INCOMPATIBLE, "tables cannot become what the module wants")
                    .with("module", module.name())
                    .with("differences", obstacles)
                    .hint("change them by SQL first, or publish with --delete-data to begin anew");
        }
        return first;
    }

    private void migrate(TableDescriptor wanted, TableSchema present) {
        if (!addColumns(wanted, present)) {
            return;
        }
        migratePrimaryKey(wanted, present);
        Set<String> names = new HashSet<>();
        for (IndexDefinition index : wanted.indexes()) {
            names.add(index.name());
            IndexDefinition old = present.index(index.name()).orElse(null);
            if (old == null || !isSame(old, index)) {
                if (old != null) {
                    tx.dropIndex(present.tableId(), old.indexId(), false);
                }
                tx.createIndex(present.tableId(), index);
            }
        }
        for (IndexDefinition old : present.indexes()) {
            if (!names.contains(old.name())) {
                tx.dropIndex(present.tableId(), old.indexId(), false);
            }
        }
    }

    private static boolean isSame(IndexDefinition one, IndexDefinition other) {
        return one.columns().equals(other.columns()) && one.unique() == other.unique() && one.kind() == other.kind();
    }

    /** Whether the columns are what is wanted now. */
    private boolean addColumns(TableDescriptor wanted, TableSchema present) {
        int before = obstacles.size();
        String table = "table " + wanted.name() + ": ";
        List<ColumnDefinition> columns = wanted.columns();
        List<ColumnDefinition> old = present.columns();
        for (int i = 0; i < old.size(); i++) {
            ColumnDefinition was = old.get(i);
            if (i >= columns.size() || !columns.get(i).name().equals(was.name())) {
                boolean moved =
                        columns.stream().anyMatch(column -> column.name().equals(was.name()));
                obstacles.add(table + "column " + was.name() + (moved ? " has another place" : " is no longer there"));
            } else if (!columns.get(i).column().equals(was.column())) {
                obstacles.add(table + "column " + was.name() + " is " + was.column() + " and would become "
                        + columns.get(i).column());
            } else if (columns.get(i).autoIncrement() != was.autoIncrement()) {
                obstacles.add(table + "column " + was.name() + " would "
                        + (was.autoIncrement() ? "no longer number rows" : "begin to number rows"));
            }
        }
        for (int i = old.size(); i < columns.size() && obstacles.size() == before; i++) {
            ColumnDefinition added = columns.get(i);
            if (added.column().nullable() && added.defaultSql() == null) {
                tx.addColumn(present.tableId(), added, new byte[] {Bsatn.NONE});
            } else {
                obstacles.add(table + "column " + added.name() + " is new and may not be NULL");
            }
        }
        return obstacles.size() == before;
    }

    private void migratePrimaryKey(TableDescriptor wanted, TableSchema present) {
        List<Integer> columns = wanted.primaryKey() == null
                ? List.of()
                : wanted.indexes().get(wanted.primaryKey().indexId()).columns();
        if (!columns.equals(present.primaryKeyColumns())) {
            obstacles.add("table " + wanted.name() + ": primary key would be another");
        }
    }
}
