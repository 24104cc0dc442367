package dev.merapi.query.system;

import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.row.ArrayRow;
import dev.merapi.query.expr.row.Row;
import dev.merapi.store.ReadView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All system tables. They are part of every database, are read like stored tables and refuse to be written. Immutable
 * and safe for any thread.
 */
public final class SystemTables {
    /** The schema that is searched when a name without a schema is in no other. */
    public static final String CATALOG_SCHEMA = "pg_catalog";

    /** Those that any view knows the rows of. */
    private static final List<SystemTable> PASSIVE = passive();

    private static final int FIRST_LIVE = -1 - PASSIVE.size();
    private static final List<SystemTable> ALL = all();
    private static final Map<TableName, TableSchema> BY_NAME = byName();

    private SystemTables() {}

    private static List<SystemTable> passive() {
        List<SystemTable> tables = new ArrayList<>();
        tables.addAll(InformationSchema.tables(-1 - tables.size()));
        tables.addAll(PgCatalog.tables(-1 - tables.size()));
        tables.addAll(MerapiSchema.tables(-1 - tables.size()));
        return List.copyOf(tables);
    }

    private static List<SystemTable> all() {
        List<SystemTable> tables = new ArrayList<>(PASSIVE);
        tables.addAll(LiveTables.tables(FIRST_LIVE));
        return List.copyOf(tables);
    }

    private static Map<TableName, TableSchema> byName() {
        Map<TableName, TableSchema> names = new HashMap<>();
        for (SystemTable table : ALL) {
            names.put(table.schema().name(), table.schema());
        }
        return Map.copyOf(names);
    }

    /** The system table with this exact name, or null. */
    public static @Nullable TableSchema find(TableName name) {
        return BY_NAME.get(name);
    }

    /** Whether a table id belongs to a system table. */
    public static boolean isSystem(int tableId) {
        return tableId < 0;
    }

    /** Whether a schema holds system tables; nothing can be created in it. */
    public static boolean isSystemSchema(String name) {
        return name.equals(CATALOG_SCHEMA) || name.equals(InformationSchema.SCHEMA) || name.equals(MerapiSchema.SCHEMA);
    }

    /** Whether a table tells what is kept live, which no view knows. */
    public static boolean isLive(int tableId) {
        return tableId <= FIRST_LIVE;
    }

    /**
     * The rows of a system table in a view.
     *
     * @param live asked only for a table that {@link #isLive}
     */
    @SuppressWarnings("exports") // for the executor, which reads them as it reads other rows
    public static List<Row> rows(ReadView view, Supplier<LiveDescription> live, int tableId) {
        List<Row> rows = new ArrayList<>();
        for (@Nullable Object[] values : ALL.get(-1 - tableId).rows().of(view, live)) {
            rows.add(new ArrayRow(values));
        }
        return rows;
    }

    /** The schemas of all system tables, in ascending order of name. */
    static List<TableSchema> schemas() {
        return ALL.stream().map(SystemTable::schema).toList();
    }
}
