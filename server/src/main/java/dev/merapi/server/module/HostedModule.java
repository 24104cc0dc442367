package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.Visibility;
import dev.merapi.api.module.spi.FunctionDescriptor;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.module.spi.TableDescriptor;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.store.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A module in a database: its functions by name, and its tables as the database has them.
 *
 * <p>What is said about functions is immutable and for any thread. Tables and handles belong to the writer's thread.
 */
final class HostedModule<D> {
    private final ModuleDescriptor<D> descriptor;
    private final Map<String, Integer> callable = new HashMap<>();

    // Below: owned by the writer's thread.
    private final ModuleRows rows = new ModuleRows();
    private final D db;
    private List<HostedTable> tables = List.of();
    private long catalogVersion = -1;

    HostedModule(ModuleDescriptor<D> descriptor) {
        this.descriptor = descriptor;
        List<FunctionDescriptor> functions = descriptor.functions();
        for (int i = 0; i < functions.size(); i++) {
            if (functions.get(i).kind().isCallable()) {
                callable.put(functions.get(i).name(), i);
            }
        }
        this.db = descriptor.db(rows);
    }

    ModuleDescriptor<D> descriptor() {
        return descriptor;
    }

    /**
     * The number of a function clients may call.
     *
     * @param privileged whether the caller may call private functions; to others they do not exist
     * @throws CodedException UNKNOWN_REDUCER
     */
    int find(String function, boolean privileged) {
        Integer number = callable.get(function);
        if (number == null || !(privileged || isPublic(number))) {
            throw new CodedException(ErrorCode.UNKNOWN_REDUCER, "module has no such reducer or procedure")
                    .with("module", descriptor.name())
                    .with("function", function)
                    .hint(
                            isOfLifecycle(function)
                                    ? "functions of the life cycle are not called by clients"
                                    : "it has " + String.join(", ", visible(privileged)));
        }
        return number;
    }

    private boolean isPublic(int number) {
        return function(number).visibility() == Visibility.PUBLIC;
    }

    private List<String> visible(boolean privileged) {
        return callable.entrySet().stream()
                .filter(entry -> privileged || isPublic(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private boolean isOfLifecycle(String function) {
        return descriptor.functions().stream()
                .anyMatch(each -> each.name().equals(function) && !each.kind().isCallable());
    }

    FunctionDescriptor function(int number) {
        return descriptor.functions().get(number);
    }

    /** The number of the function of this kind, or -1. */
    int find(FunctionDescriptor.Kind kind) {
        List<FunctionDescriptor> functions = descriptor.functions();
        for (int i = 0; i < functions.size(); i++) {
            if (functions.get(i).kind() == kind) {
                return i;
            }
        }
        return -1;
    }

    D db() {
        return db;
    }

    ModuleRows rows() {
        return rows;
    }

    /**
     * The tables as they are now.
     *
     * @throws CodedException MODULE_SCHEMA_CHANGED when somebody has altered one of them otherwise than by publishing
     */
    List<HostedTable> tables(Catalog catalog) {
        if (catalog.version() != catalogVersion) {
            tables = resolve(catalog);
            catalogVersion = catalog.version();
        }
        return tables;
    }

    /**
     * The tables as a catalog has them. Any thread.
     *
     * @throws CodedException MODULE_SCHEMA_CHANGED
     */
    List<HostedTable> resolve(Catalog catalog) {
        List<HostedTable> resolved = new ArrayList<>();
        for (TableDescriptor table : descriptor.tables()) {
            TableSchema stored = catalog.find(TableName.of(table.name()));
            String difference = stored == null ? "is missing" : difference(table, stored);
            if (stored == null || difference != null) {
                throw new CodedException(ErrorCode.MODULE_SCHEMA_CHANGED, "table is not as the module made it")
                        .with("module", descriptor.name())
                        .with("table", table.name())
                        .with("difference", difference)
                        .hint("publish the module again, or take the change back");
            }
            resolved.add(new HostedTable(table, stored));
        }
        return resolved;
    }

    private static @Nullable String difference(TableDescriptor wanted, TableSchema stored) {
        if (!wanted.rowType().equals(stored.rowType())) {
            return "columns are " + stored.rowType();
        }
        for (var index : wanted.indexes()) {
            var present = stored.index(index.name());
            if (present.isEmpty()
                    || !present.get().columns().equals(index.columns())
                    || present.get().kind() != index.kind()
                    || present.get().unique() != index.unique()) {
                return "index " + index.name() + " is missing or another";
            }
        }
        return null;
    }
}
