package dev.merapi.query.system;

import static dev.merapi.api.schema.Column.optional;
import static dev.merapi.api.schema.Column.required;
import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.I16;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.TEXT;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The corner of PostgreSQL's own catalog that tools look into first. Numbers of tables and indexes are ours, offset so
 * that they are never those of PostgreSQL's system objects; numbers of types are PostgreSQL's.
 */
final class PgCatalog {
    /** PostgreSQL's first number for objects of users. */
    private static final long FIRST_OBJECT = 16_384;

    private static final long FIRST_SCHEMA = 2_200;

    private PgCatalog() {}

    static List<SystemTable> tables(int firstId) {
        List<SystemTable> tables = new ArrayList<>();
        int id = firstId;
        tables.add(SystemTable.of(
                id--, name("pg_namespace"), PgCatalog::namespaces, required("oid", I64), required("nspname", TEXT)));
        tables.add(SystemTable.of(id--, name("pg_class"), PgCatalog::classes, classColumns()));
        tables.add(SystemTable.of(id--, name("pg_attribute"), PgCatalog::attributes, attributeColumns()));
        tables.add(SystemTable.of(id--, name("pg_tables"), PgCatalog::tablesView, tablesColumns()));
        tables.add(SystemTable.of(id--, name("pg_indexes"), PgCatalog::indexesView, indexesColumns()));
        tables.add(SystemTable.of(id, name("pg_policies"), PgPolicies::rows, PgPolicies.columns()));
        return tables;
    }

    private static TableName name(String table) {
        return new TableName(SystemTables.CATALOG_SCHEMA, table);
    }

    private static long namespace(ReadView view, String schema) {
        return FIRST_SCHEMA + view.catalog().schemas().indexOf(schema);
    }

    private static List<@Nullable Object[]> namespaces(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String schema : view.catalog().schemas()) {
            rows.add(new @Nullable Object[] {namespace(view, schema), schema});
        }
        return rows;
    }

    private static Column[] classColumns() {
        return new Column[] {
            required("oid", I64),
            required("relname", TEXT),
            required("relnamespace", I64),
            required("relkind", TEXT),
            required("relnatts", I16),
            required("relhasindex", BOOL),
            required("reltuples", I64),
            required("relrowsecurity", BOOL),
            required("relforcerowsecurity", BOOL),
        };
    }

    private static List<@Nullable Object[]> classes(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            long namespace = namespace(view, table.name().schema());
            long rowCount = view.table(table.tableId()).rowCount();
            rows.add(new @Nullable Object[] {
                FIRST_OBJECT + table.tableId(),
                table.name().table(),
                namespace,
                "r",
                (short) table.columns().size(),
                !table.indexes().isEmpty(),
                rowCount,
                table.rowSecurity().enabled(),
                table.rowSecurity().forced()
            });
            for (IndexDefinition index : table.indexes()) {
                rows.add(new @Nullable Object[] {
                    FIRST_OBJECT + index.indexId(),
                    index.name(),
                    namespace,
                    "i",
                    (short) index.columns().size(),
                    false,
                    rowCount,
                    false,
                    false
                });
            }
        }
        return rows;
    }

    private static Column[] attributeColumns() {
        return new Column[] {
            required("attrelid", I64),
            required("attname", TEXT),
            required("atttypid", I64),
            required("attnum", I16),
            required("attnotnull", BOOL),
            required("atthasdef", BOOL),
            required("attisdropped", BOOL),
        };
    }

    private static List<@Nullable Object[]> attributes(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            for (int i = 0; i < table.columns().size(); i++) {
                ColumnDefinition column = table.columns().get(i);
                rows.add(new @Nullable Object[] {
                    FIRST_OBJECT + table.tableId(),
                    column.name(),
                    PgTypes.oid(column.type()),
                    (short) (i + 1),
                    !column.nullable(),
                    column.defaultSql() != null || column.autoIncrement(),
                    false
                });
            }
        }
        return rows;
    }

    private static Column[] tablesColumns() {
        return new Column[] {
            required("schemaname", TEXT),
            required("tablename", TEXT),
            optional("tableowner", TEXT),
            optional("tablespace", TEXT),
            required("hasindexes", BOOL),
            required("hasrules", BOOL),
            required("hastriggers", BOOL),
            required("rowsecurity", BOOL),
        };
    }

    private static List<@Nullable Object[]> tablesView(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            boolean indexed = !table.indexes().isEmpty();
            rows.add(new @Nullable Object[] {
                table.name().schema(),
                table.name().table(),
                null,
                null,
                indexed,
                false,
                false,
                table.rowSecurity().enabled()
            });
        }
        return rows;
    }

    private static Column[] indexesColumns() {
        return new Column[] {
            required("schemaname", TEXT),
            required("tablename", TEXT),
            required("indexname", TEXT),
            optional("tablespace", TEXT),
            required("indexdef", TEXT),
        };
    }

    private static List<@Nullable Object[]> indexesView(ReadView view) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableSchema table : view.catalog().tables()) {
            for (IndexDefinition index : table.indexes()) {
                rows.add(new @Nullable Object[] {
                    table.name().schema(), table.name().table(), index.name(), null, definition(table, index)
                });
            }
        }
        return rows;
    }

    /** The statement that makes an index, in PostgreSQL's spelling. */
    static String definition(TableSchema table, IndexDefinition index) {
        String method = index.kind() == IndexDefinition.Kind.HASH ? "hash" : "btree";
        String columns = index.columns().stream()
                .map(column -> Identifiers.quote(table.columns().get(column).name()))
                .collect(Collectors.joining(", "));
        return "CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX " + Identifiers.quote(index.name()) + " ON "
                + Identifiers.quote(table.name().schema()) + "."
                + Identifiers.quote(table.name().table()) + " USING " + method + " (" + columns + ")";
    }
}
