package dev.merapi.store;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The schemas and tables of a database at one moment. Immutable and thread-safe; each schema change makes a new one
 * with a higher version, so that plans can be cached by it.
 */
public final class Catalog {
    /** What a new database contains: the schema {@code public} and no table. */
    public static final Catalog EMPTY =
            new Catalog(0, 1, new TreeSet<>(List.of(TableName.DEFAULT_SCHEMA)), new TreeMap<>());

    private final long version;
    private final int nextObjectId;
    private final List<String> schemas;
    private final List<TableSchema> tables;
    private final Map<Integer, TableSchema> byId;
    private final Map<TableName, TableSchema> byName;

    private Catalog(long version, int nextObjectId, SortedSet<String> schemas, SortedMap<Integer, TableSchema> byId) {
        this.version = version;
        this.nextObjectId = nextObjectId;
        this.schemas = List.copyOf(schemas);
        this.tables = List.copyOf(byId.values());
        this.byId = Map.copyOf(byId);
        Map<TableName, TableSchema> names = new TreeMap<>();
        for (TableSchema table : tables) {
            names.put(table.name(), table);
        }
        this.byName = Map.copyOf(names);
    }

    /** The catalog a checkpoint describes. */
    public static Catalog restore(long version, int nextObjectId, List<String> schemas, List<TableSchema> tables) {
        SortedMap<Integer, TableSchema> byId = new TreeMap<>();
        for (TableSchema table : tables) {
            byId.put(table.tableId(), table);
        }
        return new Catalog(version, nextObjectId, new TreeSet<>(schemas), byId);
    }

    /** Rises by one with each schema change; a rolled back transaction takes its rises back. */
    public long version() {
        return version;
    }

    /** The next free number for a table or an index; numbers are never given twice. */
    public int nextObjectId() {
        return nextObjectId;
    }

    /** The names of the schemas, sorted. */
    public List<String> schemas() {
        return schemas;
    }

    public boolean hasSchema(String name) {
        return schemas.contains(name);
    }

    /** All tables in ascending order of table id. */
    public List<TableSchema> tables() {
        return tables;
    }

    /** The table with this exact name, or null. */
    public @Nullable TableSchema find(TableName name) {
        return byName.get(name);
    }

    /**
     * The table with this id.
     *
     * @throws CodedException UNKNOWN_TABLE
     */
    public TableSchema get(int tableId) {
        TableSchema table = byId.get(tableId);
        if (table == null) {
            throw new CodedException(ErrorCode.UNKNOWN_TABLE, "table does not exist").with("tableId", tableId);
        }
        return table;
    }

    public boolean contains(int tableId) {
        return byId.containsKey(tableId);
    }

    /**
     * This catalog after one more change. The change is trusted; refusing bad ones is the business of whoever makes it.
     */
    public Catalog with(SchemaChange change) {
        SortedSet<String> newSchemas = new TreeSet<>(schemas);
        SortedMap<Integer, TableSchema> newTables = new TreeMap<>(byId);
        int nextId = nextObjectId;
        switch (change) {
            case SchemaChange.SchemaCreated created -> newSchemas.add(created.name());
            case SchemaChange.SchemaDropped dropped -> newSchemas.remove(dropped.name());
            case SchemaChange.TableCreated created -> {
                newTables.put(created.table().tableId(), created.table());
                nextId = nextIdAfter(created.table());
            }
            case SchemaChange.TableDropped dropped -> newTables.remove(dropped.tableId());
            case SchemaChange.TableAltered altered -> {
                newTables.put(altered.table().tableId(), altered.table());
                nextId = nextIdAfter(altered.table());
            }
        }
        return new Catalog(version + 1, nextId, newSchemas, newTables);
    }

    private int nextIdAfter(TableSchema table) {
        int next = Math.max(nextObjectId, table.tableId() + 1);
        for (IndexDefinition index : table.indexes()) {
            next = Math.max(next, index.indexId() + 1);
        }
        return next;
    }

    /** The tables with a foreign key to this one, itself included if it refers to itself. */
    public List<TableSchema> referencing(int tableId) {
        List<TableSchema> result = new ArrayList<>();
        for (TableSchema table : tables) {
            if (table.foreignKeys().stream().anyMatch(key -> key.referencedTableId() == tableId)) {
                result.add(table);
            }
        }
        return result;
    }

    @Override
    public String toString() {
        return "Catalog[version=" + version + ", tables=" + tables.size() + "]";
    }
}
