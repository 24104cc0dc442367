package dev.merapi.query.system;

import static dev.merapi.api.schema.Column.optional;
import static dev.merapi.api.schema.Column.required;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.CheckDefinition;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ForeignKey;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.store.Catalog;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL standard's description of a database: the tables and columns of it that tools ask for. */
final class InformationSchema {
    static final String SCHEMA = "information_schema";

    /** What stands where PostgreSQL has the name of the database; a database of ours does not know its own. */
    static final String CATALOG = "merapi";

    private InformationSchema() {}

    static List<SystemTable> tables(int firstId) {
        List<SystemTable> tables = new ArrayList<>();
        int id = firstId;
        tables.add(SystemTable.of(id--, name("schemata"), InformationSchema::schemata, schemataColumns()));
        tables.add(SystemTable.of(id--, name("tables"), InformationSchema::tables, tablesColumns()));
        tables.add(SystemTable.of(id--, name("columns"), InformationSchema::columns, columnsColumns()));
        tables.add(
                SystemTable.of(id--, name("table_constraints"), InformationSchema::constraints, constraintColumns()));
        tables.add(SystemTable.of(id--, name("key_column_usage"), InformationSchema::keyColumns, keyColumnColumns()));
        tables.add(SystemTable.of(id--, name("check_constraints"), InformationSchema::checks, checkColumns()));
        tables.add(
                SystemTable.of(id, name("referential_constraints"), InformationSchema::references, referenceColumns()));
        return tables;
    }

    private static TableName name(String table) {
        return new TableName(SCHEMA, table);
    }

    private static Column[] schemataColumns() {
        return new Column[] {required("catalog_name", TEXT), required("schema_name", TEXT)};
    }

    private static List<@Nullable Object[]> schemata(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String schema : view.catalog().schemas()) {
            rows.add(new @Nullable Object[] {CATALOG, schema});
        }
        for (String schema : List.of(SCHEMA, MerapiSchema.SCHEMA, SystemTables.CATALOG_SCHEMA)) {
            rows.add(new @Nullable Object[] {CATALOG, schema});
        }
        return rows;
    }

    private static Column[] tablesColumns() {
        return new Column[] {
            required("table_catalog", TEXT),
            required("table_schema", TEXT),
            required("table_name", TEXT),
            required("table_type", TEXT),
            required("is_insertable_into", TEXT),
        };
    }

    private static List<@Nullable Object[]> tables(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            rows.add(tableRow(table, "BASE TABLE", "YES"));
        }
        for (TableSchema table : SystemTables.schemas()) {
            rows.add(tableRow(table, "VIEW", "NO"));
        }
        return rows;
    }

    private static @Nullable Object[] tableRow(TableSchema table, String type, String insertable) {
        return new @Nullable Object[] {
            CATALOG, table.name().schema(), table.name().table(), type, insertable
        };
    }

    private static Column[] columnsColumns() {
        return new Column[] {
            required("table_catalog", TEXT),
            required("table_schema", TEXT),
            required("table_name", TEXT),
            required("column_name", TEXT),
            required("ordinal_position", I32),
            optional("column_default", TEXT),
            required("is_nullable", TEXT),
            required("data_type", TEXT),
            optional("character_maximum_length", I32),
            optional("numeric_precision", I32),
            optional("numeric_precision_radix", I32),
            optional("numeric_scale", I32),
            optional("datetime_precision", I32),
            required("udt_name", TEXT),
            required("is_identity", TEXT),
            required("is_generated", TEXT),
            required("is_updatable", TEXT),
        };
    }

    private static List<@Nullable Object[]> columns(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<TableSchema> tables = new ArrayList<>(view.catalog().tables());
        tables.addAll(SystemTables.schemas());
        for (TableSchema table : tables) {
            for (int i = 0; i < table.columns().size(); i++) {
                rows.add(columnRow(table, i));
            }
        }
        return rows;
    }

    private static @Nullable Object[] columnRow(TableSchema table, int position) {
        ColumnDefinition column = table.columns().get(position);
        ColumnType type = column.type();
        boolean stored = !SystemTables.isSystem(table.tableId());
        return new @Nullable Object[] {
            CATALOG,
            table.name().schema(),
            table.name().table(),
            column.name(),
            position + 1,
            column.defaultSql(),
            yesNo(column.nullable()),
            dataType(type),
            type instanceof VarcharType varchar ? varchar.maxLength() : null,
            precision(type),
            precision(type) == null ? null : (type instanceof DecimalType ? 10 : 2),
            scale(type),
            isTime(type) ? (type == ScalarType.DATE ? 0 : 6) : null,
            PgTypes.name(type),
            yesNo(column.autoIncrement()),
            "NEVER",
            yesNo(stored),
        };
    }

    private static String yesNo(boolean value) {
        return value ? "YES" : "NO";
    }

    private static String dataType(ColumnType type) {
        return switch (type) {
            case ArrayType array -> "ARRAY";
            case DecimalType decimal -> "numeric";
            case VarcharType varchar -> "character varying";
            case ScalarType scalar -> scalar.sqlName();
            case RecordType record -> "USER-DEFINED";
            case SumType sum -> "USER-DEFINED";
        };
    }

    private static @Nullable Integer precision(ColumnType type) {
        if (type instanceof DecimalType decimal) {
            return decimal.isConstrained() ? decimal.precision() : null;
        }
        if (type instanceof ScalarType scalar && scalar.isInteger()) {
            return scalar.fixedWidth() * Byte.SIZE;
        }
        return type == ScalarType.F32 ? Integer.valueOf(24) : type == ScalarType.F64 ? Integer.valueOf(53) : null;
    }

    private static @Nullable Integer scale(ColumnType type) {
        if (type instanceof DecimalType decimal) {
            return decimal.isConstrained() ? decimal.scale() : null;
        }
        return type instanceof ScalarType scalar && scalar.isInteger() ? 0 : null;
    }

    private static boolean isTime(ColumnType type) {
        return type == ScalarType.DATE
                || type == ScalarType.TIME
                || type == ScalarType.TIMESTAMP
                || type == ScalarType.TIMESTAMPTZ
                || type == ScalarType.INTERVAL;
    }

    private static Column[] constraintColumns() {
        return new Column[] {
            required("constraint_catalog", TEXT),
            required("constraint_schema", TEXT),
            required("constraint_name", TEXT),
            required("table_catalog", TEXT),
            required("table_schema", TEXT),
            required("table_name", TEXT),
            required("constraint_type", TEXT),
            required("is_deferrable", TEXT),
            required("initially_deferred", TEXT),
            required("enforced", TEXT),
        };
    }

    private static List<@Nullable Object[]> constraints(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            for (Key key : keys(table)) {
                rows.add(constraintRow(table, key.name(), key.type()));
            }
            for (CheckDefinition check : table.checks()) {
                rows.add(constraintRow(table, check.name(), "CHECK"));
            }
        }
        return rows;
    }

    private static @Nullable Object[] constraintRow(TableSchema table, String name, String type) {
        String schema = table.name().schema();
        return new @Nullable Object[] {
            CATALOG, schema, name, CATALOG, schema, table.name().table(), type, "NO", "NO", "YES"
        };
    }

    /** A constraint with columns of its own; {@code references} is the table of a foreign key. */
    private record Key(
            String name,
            String type,
            List<Integer> columns,
            @Nullable ForeignKey references) {}

    /**
     * Primary key, unique constraints and foreign keys. A unique index made by CREATE INDEX is listed like a
     * constraint: the store keeps no difference between the two.
     */
    private static List<Key> keys(TableSchema table) {
        List<Key> keys = new ArrayList<>();
        IndexDefinition primary = table.primaryKeyIndex().orElse(null);
        for (IndexDefinition index : table.indexes()) {
            if (index.equals(primary)) {
                keys.add(new Key(index.name(), "PRIMARY KEY", index.columns(), null));
            } else if (index.unique()) {
                keys.add(new Key(index.name(), "UNIQUE", index.columns(), null));
            }
        }
        for (ForeignKey foreign : table.foreignKeys()) {
            keys.add(new Key(foreign.name(), "FOREIGN KEY", foreign.columns(), foreign));
        }
        return keys;
    }

    private static Column[] keyColumnColumns() {
        return new Column[] {
            required("constraint_catalog", TEXT),
            required("constraint_schema", TEXT),
            required("constraint_name", TEXT),
            required("table_catalog", TEXT),
            required("table_schema", TEXT),
            required("table_name", TEXT),
            required("column_name", TEXT),
            required("ordinal_position", I32),
            optional("position_in_unique_constraint", I32),
        };
    }

    private static List<@Nullable Object[]> keyColumns(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            String schema = table.name().schema();
            for (Key key : keys(table)) {
                for (int i = 0; i < key.columns().size(); i++) {
                    String column = table.columns().get(key.columns().get(i)).name();
                    rows.add(new @Nullable Object[] {
                        CATALOG,
                        schema,
                        key.name(),
                        CATALOG,
                        schema,
                        table.name().table(),
                        column,
                        i + 1,
                        key.references() == null ? null : positionInUnique(view.catalog(), key.references(), i)
                    });
                }
            }
        }
        return rows;
    }

    private static @Nullable Integer positionInUnique(Catalog catalog, ForeignKey key, int part) {
        Integer column = key.referencedColumns().get(part);
        return catalog.get(key.referencedTableId()).indexes().stream()
                .filter(index -> isReferenced(index, key))
                .findFirst()
                .map(index -> index.columns().indexOf(column) + 1)
                .orElse(null);
    }

    private static boolean isReferenced(IndexDefinition index, ForeignKey key) {
        return index.unique()
                && index.columns().size() == key.referencedColumns().size()
                && index.columns().containsAll(key.referencedColumns());
    }

    private static Column[] checkColumns() {
        return new Column[] {
            required("constraint_catalog", TEXT),
            required("constraint_schema", TEXT),
            required("constraint_name", TEXT),
            required("check_clause", TEXT),
        };
    }

    private static List<@Nullable Object[]> checks(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            for (CheckDefinition check : table.checks()) {
                rows.add(new @Nullable Object[] {CATALOG, table.name().schema(), check.name(), check.sql()});
            }
        }
        return rows;
    }

    private static Column[] referenceColumns() {
        return new Column[] {
            required("constraint_catalog", TEXT),
            required("constraint_schema", TEXT),
            required("constraint_name", TEXT),
            optional("unique_constraint_catalog", TEXT),
            optional("unique_constraint_schema", TEXT),
            optional("unique_constraint_name", TEXT),
            required("match_option", TEXT),
            required("update_rule", TEXT),
            required("delete_rule", TEXT),
        };
    }

    private static List<@Nullable Object[]> references(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            for (ForeignKey key : table.foreignKeys()) {
                TableSchema referenced = view.catalog().get(key.referencedTableId());
                String unique = referenced.indexes().stream()
                        .filter(index -> isReferenced(index, key))
                        .map(IndexDefinition::name)
                        .findFirst()
                        .orElse(null);
                rows.add(new @Nullable Object[] {
                    CATALOG,
                    table.name().schema(),
                    key.name(),
                    CATALOG,
                    referenced.name().schema(),
                    unique,
                    "NONE",
                    rule(key.onUpdate()),
                    rule(key.onDelete())
                });
            }
        }
        return rows;
    }

    private static String rule(ForeignKey.Action action) {
        return switch (action) {
            case NO_ACTION -> "NO ACTION";
            case RESTRICT -> "RESTRICT";
            case CASCADE -> "CASCADE";
            case SET_NULL -> "SET NULL";
        };
    }
}
