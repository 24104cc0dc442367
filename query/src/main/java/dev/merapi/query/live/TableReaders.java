package dev.merapi.query.live;

import dev.merapi.api.schema.TableSchema;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who reads which table. */
final class TableReaders<T> {
    private final Map<Integer, Set<T>> readers = new HashMap<>();

    void add(List<TableSchema> tables, T reader) {
        for (TableSchema table : tables) {
            readers.computeIfAbsent(table.tableId(), id -> new LinkedHashSet<>())
                    .add(reader);
        }
    }

    void remove(List<TableSchema> tables, T reader) {
        for (TableSchema table : tables) {
            readers.computeIfPresent(table.tableId(), (id, present) -> {
                present.remove(reader);
                return present.isEmpty() ? null : present;
            });
        }
    }

    Set<T> of(int tableId) {
        return readers.getOrDefault(tableId, Set.of());
    }
}
