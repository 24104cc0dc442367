package dev.merapi.store.tx;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PolicyDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.Catalog;
import dev.merapi.store.StoreLimits;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a table must be like, whoever describes it. */
final class SchemaRules {
    private final StoreLimits limits;

    SchemaRules(StoreLimits limits) {
        this.limits = limits;
    }

    /** Checks a table as it would stand in a catalog that does not have it yet, or has its former version. */
    void check(Catalog catalog, TableSchema table) {
        requireSchema(catalog, table.name().schema());
        TableSchema namesake = catalog.find(table.name());
        if (namesake != null && namesake.tableId() != table.tableId()) {
            throw exists(ErrorCode.DUPLICATE_TABLE, "table", table.name());
        }
        if (namesake == null
                && !catalog.contains(table.tableId())
                && catalog.tables().size() >= limits.maxTables()) {
            throw Refusals.limit(
                    "database has too many tables", catalog.tables().size() + 1L, limits.maxTables());
        }
        checkColumns(table);
        checkIndexes(catalog, table);
        checkConstraintNames(table);
        checkPolicies(table);
        for (ForeignKey key : table.foreignKeys()) {
            TableSchema parent =
                    key.referencedTableId() == table.tableId() ? table : catalog.get(key.referencedTableId());
            checkForeignKey(table, key, parent);
        }
    }

    private static void checkPolicies(TableSchema table) {
        List<PolicyDefinition> policies = table.rowSecurity().policies();
        if (policies.size() > StoreLimits.MAX_POLICIES) {
            throw Refusals.limit("table has too many policies", policies.size(), StoreLimits.MAX_POLICIES)
                    .with("table", table.name());
        }
        Set<String> names = new HashSet<>();
        for (PolicyDefinition policy : policies) {
            requireName("policy", policy.name());
            if (!names.add(policy.name())) {
                throw exists(ErrorCode.DUPLICATE_OBJECT, "policy", policy.name())
                        .with("table", table.name());
            }
        }
    }

    /** Checks the foreign keys of one table to another. */
    void checkForeignKeys(TableSchema table, TableSchema parent) {
        for (ForeignKey key : table.foreignKeys()) {
            if (key.referencedTableId() == parent.tableId()) {
                checkForeignKey(table, key, parent);
            }
        }
    }

    static void requireSchema(Catalog catalog, String schema) {
        if (!catalog.hasSchema(schema)) {
            throw new CodedException(ErrorCode.UNKNOWN_SCHEMA, "schema does not exist")
                    .with("schema", schema)
                    .hint("create it with CREATE SCHEMA");
        }
    }

    static CodedException exists(ErrorCode code, String what, Object name) {
        return new CodedException(code, what + " already exists").with(what, name);
    }

    private void checkColumns(TableSchema table) {
        if (table.columns().isEmpty()) {
            throw invalid(table, "table has no columns");
        }
        if (table.columns().size() > limits.maxColumns()) {
            throw Refusals.limit("table has too many columns", table.columns().size(), limits.maxColumns())
                    .with("table", table.name());
        }
        Set<String> names = new HashSet<>();
        for (ColumnDefinition column : table.columns()) {
            if (!names.add(column.name())) {
                throw exists(ErrorCode.DUPLICATE_COLUMN, "column", column.name())
                        .with("table", table.name());
            }
            if (column.autoIncrement() && !(column.type() instanceof ScalarType type && type.isInteger())) {
                throw invalid(table, "only integer columns can count by themselves")
                        .with("column", column.name());
            }
        }
    }

    private void checkIndexes(Catalog catalog, TableSchema table) {
        if (table.indexes().size() > limits.maxIndexes()) {
            throw Refusals.limit("table has too many indexes", table.indexes().size(), limits.maxIndexes())
                    .with("table", table.name());
        }
        Set<String> names = new HashSet<>();
        for (IndexDefinition index : table.indexes()) {
            checkKeyColumns(table, index.columns());
            if (!names.add(index.name()) || isTaken(catalog, table, index.name())) {
                throw exists(ErrorCode.DUPLICATE_OBJECT, "index", index.name()).with("table", table.name());
            }
        }
        PrimaryKey key = table.primaryKey();
        if (key != null) {
            IndexDefinition index =
                    table.index(key.indexId()).orElseThrow(() -> invalid(table, "primary key has no index"));
            boolean nullable = index.columns().stream()
                    .anyMatch(column -> table.columns().get(column).nullable());
            if (!index.unique() || nullable) {
                throw invalid(table, "primary key must be unique and without NULL")
                        .with("index", index.name());
            }
        }
    }

    /** As in PostgreSQL, the names of indexes are unique in their schema, because DROP INDEX names no table. */
    private static boolean isTaken(Catalog catalog, TableSchema table, String indexName) {
        return catalog.tables().stream()
                .filter(other -> other.tableId() != table.tableId())
                .filter(other -> other.name().schema().equals(table.name().schema()))
                .anyMatch(other -> other.index(indexName).isPresent());
    }

    private static void checkKeyColumns(TableSchema table, List<Integer> columns) {
        if (columns.isEmpty() || new HashSet<>(columns).size() != columns.size()) {
            throw invalid(table, "key needs different columns").with("columns", columns);
        }
        for (int column : columns) {
            if (column < 0 || column >= table.columns().size()) {
                throw invalid(table, "key column does not exist").with("column", column);
            }
        }
    }

    private static void checkConstraintNames(TableSchema table) {
        Set<String> names = new HashSet<>();
        PrimaryKey primaryKey = table.primaryKey();
        if (primaryKey != null) {
            names.add(primaryKey.constraintName());
        }
        for (CheckDefinition check : table.checks()) {
            addName(table, names, check.name());
        }
        for (ForeignKey key : table.foreignKeys()) {
            addName(table, names, key.name());
        }
        for (IndexDefinition index : table.indexes()) {
            boolean isPrimary = primaryKey != null && primaryKey.indexId() == index.indexId();
            if (index.unique() && !isPrimary) {
                addName(table, names, index.name());
            }
        }
    }

    private static void addName(TableSchema table, Set<String> names, String name) {
        if (!names.add(name)) {
            throw exists(ErrorCode.DUPLICATE_OBJECT, "constraint", name).with("table", table.name());
        }
    }

    private static void checkForeignKey(TableSchema table, ForeignKey key, TableSchema parent) {
        checkKeyColumns(table, key.columns());
        checkKeyColumns(parent, key.referencedColumns());
        if (key.columns().size() != key.referencedColumns().size()) {
            throw invalidReference(table, "foreign key has a different number of columns on its sides")
                    .with("constraint", key.name());
        }
        if (KeyColumns.findUniqueIndex(parent, key.referencedColumns()) == null) {
            throw invalidReference(table, "foreign key must refer to a primary key or unique columns")
                    .with("constraint", key.name())
                    .with("referencedTable", parent.name())
                    .hint("declare the referenced columns PRIMARY KEY or UNIQUE");
        }
        for (int i = 0; i < key.columns().size(); i++) {
            ColumnDefinition from = table.columns().get(key.columns().get(i));
            ColumnDefinition to = parent.columns().get(key.referencedColumns().get(i));
            if (!KeyTranslation.isPossible(from.type(), to.type())) {
                throw invalidReference(table, "foreign key column has another type than the column it refers to")
                        .with("constraint", key.name())
                        .with("column", from.name())
                        .with("type", from.type().sqlName())
                        .with("referencedType", to.type().sqlName());
            }
        }
    }

    private static CodedException invalidReference(TableSchema table, String text) {
        return new CodedException(ErrorCode.INVALID_FOREIGN_KEY, text).with("table", table.name());
    }

    static CodedException invalid(TableSchema table, String text) {
        return new CodedException(ErrorCode.INVALID_SCHEMA, text).with("table", table.name());
    }

    static void requireName(String what, String name) {
        if (name.isEmpty()) {
            throw new CodedException(ErrorCode.INVALID_SCHEMA, what + " needs a name");
        }
    }

    static String autoIndexName(TableSchema table, ForeignKey key) {
        StringBuilder name = new StringBuilder(table.name().table());
        for (int column : key.columns()) {
            name.append('_').append(table.columns().get(column).name());
        }
        return name.append("_fkey_idx").toString();
    }
}
