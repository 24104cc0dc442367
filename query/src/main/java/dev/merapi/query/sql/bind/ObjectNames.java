package dev.merapi.query.sql.bind;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.policy.PolicyUses;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.select.QueryBinder;
import dev.merapi.store.Catalog;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds tables, schemas and indexes by name, and makes names for what was given none. */
final class ObjectNames {
    /** The longest name of anything, in characters; longer ones are refused, where PostgreSQL cuts them. */
    static final int MAX_LENGTH = 128;

    private static final Set<String> SYSTEM_SCHEMAS = Set.of("information_schema", "pg_catalog", "merapi");

    private final Catalog catalog;
    private final String currentSchema;

    ObjectNames(Catalog catalog, String currentSchema) {
        this.catalog = catalog;
        this.currentSchema = currentSchema;
    }

    Catalog catalog() {
        return catalog;
    }

    /** What the policies of all tables are about. */
    PolicyUses policies() {
        return new PolicyUses(catalog, QueryBinder::policies);
    }

    static CodedException neededBy(PolicyUses.Owned owned, String what) {
        return new CodedException(ErrorCode.DEPENDENT_OBJECTS, "a policy needs the " + what)
                .with("policy", owned.policy().name())
                .with("policy of", owned.table().name())
                .hint("drop the policy first, or say CASCADE");
    }

    /** The full name of something in a schema; the schema need not exist. */
    TableName qualify(Name name) {
        return switch (name.parts().size()) {
            case 1 -> new TableName(currentSchema, name.last());
            case 2 -> new TableName(name.parts().getFirst(), name.last());
            default ->
                throw BindErrors.unsupported(
                        name.position(), "reference to another database", "connect to that database");
        };
    }

    @Nullable
    TableSchema find(Name name) {
        return catalog.find(qualify(name));
    }

    TableSchema get(Name name) {
        TableName full = qualify(name);
        requireWritable(name, full.schema());
        TableSchema table = catalog.find(full);
        if (table == null) {
            throw BindErrors.at(name, ErrorCode.UNKNOWN_TABLE, "table does not exist")
                    .with("table", full);
        }
        return table;
    }

    /** Checks that something new may be called so. */
    TableName requireNew(Name name) {
        TableName full = qualify(name);
        requireValid(name.last(), name.position());
        requireWritable(name, full.schema());
        if (!catalog.schemas().contains(full.schema())) {
            throw BindErrors.at(name, ErrorCode.UNKNOWN_SCHEMA, "schema does not exist")
                    .with("schema", full.schema())
                    .hint("create it with CREATE SCHEMA");
        }
        return full;
    }

    static void requireWritable(Name name, String schema) {
        if (SYSTEM_SCHEMAS.contains(schema)) {
            throw BindErrors.at(name, ErrorCode.PERMISSION_DENIED, "system schemas cannot be changed")
                    .with("schema", schema);
        }
    }

    static String requireValid(String name, int position) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw BindErrors.at(position, ErrorCode.INVALID_NAME, "name is empty or too long")
                    .with("length", name.length())
                    .with("limit", MAX_LENGTH);
        }
        return name;
    }

    /** Tables and indexes of one schema share their names, as in PostgreSQL. */
    boolean isRelation(TableName name) {
        return catalog.find(name) != null || findIndex(name) != null;
    }

    /** The table that has an index with this name in this schema. */
    @Nullable
    TableSchema findIndex(TableName name) {
        for (TableSchema table : catalog.tables()) {
            boolean has = table.name().schema().equals(name.schema())
                    && table.index(name.table()).isPresent();
            if (has) {
                return table;
            }
        }
        return null;
    }

    static IndexDefinition index(TableSchema table, String name) {
        return table.index(name)
                .orElseThrow(() -> new CodedException(ErrorCode.INTERNAL, "index vanished").with("index", name));
    }

    /** {@code base_suffix}, with a number behind it when that is taken: the names PostgreSQL gives. */
    String indexName(TableDraft table, String base, String suffix) {
        String plain = shorten(base, suffix) + "_" + suffix;
        String candidate = plain;
        for (int i = 1; isTaken(table, candidate); i++) {
            candidate = plain + i;
        }
        return candidate;
    }

    boolean isTaken(TableDraft table, String candidate) {
        return table.takenNames().contains(candidate)
                || isRelation(new TableName(table.name().schema(), candidate));
    }

    private static String shorten(String base, String suffix) {
        int room = MAX_LENGTH - suffix.length() - 4;
        return base.length() <= room ? base : base.substring(0, room);
    }
}
