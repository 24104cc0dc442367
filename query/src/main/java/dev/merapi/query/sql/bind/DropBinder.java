package dev.merapi.query.sql.bind;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.BoundDdl;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.policy.PolicyUses;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.List;

/** DROP TABLE, INDEX and SCHEMA. */
final class DropBinder {
    private final ObjectNames names;

    DropBinder(ObjectNames names) {
        this.names = names;
    }

    BoundDdl bind(Statement.Drop drop) {
        return switch (drop.kind()) {
            case TABLE -> tables(drop);
            case INDEX -> indexes(drop);
            case SCHEMA -> schemas(drop);
        };
    }

    private BoundDdl tables(Statement.Drop drop) {
        List<TableSchema> tables = new ArrayList<>();
        for (Name name : drop.names()) {
            TableSchema table = names.find(name);
            if (table == null && drop.ifExists()) {
                continue;
            }
            TableSchema found = table == null ? names.get(name) : table;
            if (!tables.contains(found)) {
                tables.add(found);
            }
        }
        return tables.isEmpty()
                ? nothing(drop)
                : new BoundDdl.DropTables(tables, drop.cascade(), policies(tables, drop.cascade()));
    }

    /** The policies of other tables that go with these. */
    private List<BoundDdl.TablePolicy> policies(List<TableSchema> tables, boolean cascade) {
        List<BoundDdl.TablePolicy> policies = new ArrayList<>();
        for (PolicyUses.Owned owned : names.policies().ofTables(tables)) {
            if (!cascade) {
                throw ObjectNames.neededBy(owned, "table");
            }
            policies.add(new BoundDdl.TablePolicy(
                    owned.table().tableId(), owned.policy().name()));
        }
        return policies;
    }

    private List<TableSchema> tablesIn(List<String> schemas) {
        return names.catalog().tables().stream()
                .filter(table -> schemas.contains(table.name().schema()))
                .toList();
    }

    private BoundDdl indexes(Statement.Drop drop) {
        List<BoundDdl.TableIndex> indexes = new ArrayList<>();
        for (Name name : drop.names()) {
            TableName full = names.qualify(name);
            TableSchema table = names.findIndex(full);
            if (table == null) {
                if (drop.ifExists()) {
                    continue;
                }
                throw missingIndex(name, full);
            }
            IndexDefinition index = ObjectNames.index(table, full.table());
            PrimaryKey key = table.primaryKey();
            if (key != null && key.indexId() == index.indexId()) {
                throw BindErrors.at(name, ErrorCode.DEPENDENT_OBJECTS, "index belongs to the primary key")
                        .with("index", index.name())
                        .hint("use ALTER TABLE … DROP CONSTRAINT");
            }
            indexes.add(new BoundDdl.TableIndex(table, index));
        }
        return indexes.isEmpty() ? nothing(drop) : new BoundDdl.DropIndexes(indexes);
    }

    private CodedException missingIndex(Name name, TableName full) {
        if (names.catalog().find(full) != null) {
            return BindErrors.at(name, ErrorCode.WRONG_OBJECT_TYPE, "not an index")
                    .with("name", full)
                    .hint("use DROP TABLE");
        }
        return BindErrors.at(name, ErrorCode.UNKNOWN_OBJECT, "index does not exist")
                .with("index", full);
    }

    private BoundDdl schemas(Statement.Drop drop) {
        List<String> schemas = new ArrayList<>();
        for (Name name : drop.names()) {
            String schema = name.last();
            ObjectNames.requireWritable(name, schema);
            if (schema.equals(TableName.DEFAULT_SCHEMA)) {
                throw BindErrors.at(name, ErrorCode.DEPENDENT_OBJECTS, "the default schema cannot be dropped")
                        .with("schema", schema);
            }
            if (names.catalog().schemas().contains(schema)) {
                schemas.add(schema);
            } else if (!drop.ifExists()) {
                throw BindErrors.at(name, ErrorCode.UNKNOWN_SCHEMA, "schema does not exist")
                        .with("schema", schema);
            }
        }
        return schemas.isEmpty()
                ? nothing(drop)
                : new BoundDdl.DropSchemas(schemas, drop.cascade(), policies(tablesIn(schemas), drop.cascade()));
    }

    private static BoundDdl nothing(Statement.Drop drop) {
        return new BoundDdl.NoOperation("DROP " + drop.kind(), "nothing to drop: " + drop.names());
    }
}
