package dev.merapi.query.sql.bind;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableName;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.BoundDdl;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.ast.Statement.ConstraintSpec;
import dev.merapi.query.sql.ast.Statement.ConstraintSpec.Rule;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.store.Catalog;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gives meaning to statements about the schema. For one statement, by one thread. */
final class DdlBinder {
    private final ObjectNames names;
    private final ColumnBinder columns;
    private final ConstraintBinder constraints;
    private final StoredExpressions expressions;

    DdlBinder(Catalog catalog, String currentSchema, StoredExpressions expressions) {
        this.names = new ObjectNames(catalog, currentSchema);
        this.expressions = expressions;
        this.columns = new ColumnBinder(expressions);
        this.constraints = new ConstraintBinder(names, expressions);
    }

    /** Binds a CREATE, ALTER, DROP or TRUNCATE; CREATE TABLE AS is a query first and bound with queries. */
    BoundDdl bind(Statement statement) {
        return switch (statement) {
            case Statement.CreateTable create -> createTable(create);
            case Statement.CreateIndex create -> createIndex(create);
            case Statement.CreateSchema create -> createSchema(create);
            case Statement.AlterTable alter -> new AlterBinder(names, columns, constraints, expressions).bind(alter);
            case Statement.Drop drop -> new DropBinder(names).bind(drop);
            case Statement.Truncate truncate -> truncate(truncate);
            default -> throw new IllegalArgumentException("not about the schema: " + statement);
        };
    }

    /** The full name for a new table, or null when it exists and that is all right. */
    @Nullable
    TableName newTable(Name name, boolean ifNotExists) {
        TableName full = names.requireNew(name);
        if (!names.isRelation(full)) {
            return full;
        }
        if (ifNotExists) {
            return null;
        }
        throw BindErrors.at(name, ErrorCode.DUPLICATE_TABLE, "table exists already")
                .with("table", full)
                .hint("use IF NOT EXISTS, or another name");
    }

    static BoundDdl.NoOperation tableExists(Name name) {
        return new BoundDdl.NoOperation("CREATE TABLE", "table exists already, skipped: " + name);
    }

    private BoundDdl createTable(Statement.CreateTable create) {
        TableName name = newTable(create.name(), create.ifNotExists());
        if (name == null) {
            return tableExists(create.name());
        }
        TableDraft draft = new TableDraft(name);
        for (Statement.ColumnSpec column : create.columns()) {
            draft.columns().add(columns.bind(draft, column));
        }
        for (int i = 0; i < create.columns().size(); i++) {
            for (ConstraintSpec constraint : create.columns().get(i).constraints()) {
                addConstraint(draft, constraint, List.of(i), false);
            }
        }
        for (ConstraintSpec constraint : create.constraints()) {
            addConstraint(draft, constraint, List.of(), false);
        }
        // Foreign keys last: one to the table itself needs its keys.
        for (int i = 0; i < create.columns().size(); i++) {
            for (ConstraintSpec constraint : create.columns().get(i).constraints()) {
                addConstraint(draft, constraint, List.of(i), true);
            }
        }
        for (ConstraintSpec constraint : create.constraints()) {
            addConstraint(draft, constraint, List.of(), true);
        }
        return new BoundDdl.CreateTable(draft.schema());
    }

    private void addConstraint(TableDraft draft, ConstraintSpec spec, List<Integer> own, boolean foreignKeys) {
        switch (spec.rule()) {
            case Rule.PrimaryKey key -> {
                if (!foreignKeys) {
                    constraints.addPrimaryKey(draft, spec, ConstraintBinder.columns(draft, key.columns(), own));
                }
            }
            case Rule.Unique unique -> {
                if (!foreignKeys) {
                    constraints.addUnique(draft, spec, ConstraintBinder.columns(draft, unique.columns(), own));
                }
            }
            case Rule.Check check -> {
                if (!foreignKeys) {
                    constraints.addCheck(draft, spec, check);
                }
            }
            case Rule.References references -> {
                if (foreignKeys) {
                    constraints.addForeignKey(
                            draft, spec, references, ConstraintBinder.columns(draft, references.columns(), own));
                }
            }
            case Rule.NotNull part -> {}
            case Rule.Nullable part -> {}
            case Rule.Default part -> {}
            case Rule.Identity part -> {}
        }
    }

    private BoundDdl createIndex(Statement.CreateIndex create) {
        TableSchema table = names.get(create.table());
        TableDraft draft = new TableDraft(table);
        List<Integer> keyColumns = draft.columns(create.columns());
        ConstraintBinder.requireKeyWidth(create.position(), keyColumns);
        String given = create.name();
        if (given != null) {
            ObjectNames.requireValid(given, create.position());
            if (names.isTaken(draft, given)) {
                if (create.ifNotExists()) {
                    return new BoundDdl.NoOperation("CREATE INDEX", "index exists already, skipped: " + given);
                }
                throw BindErrors.at(create.position(), ErrorCode.DUPLICATE_TABLE, "name is taken by a table or index")
                        .with("name", given);
            }
        }
        String base = table.name().table() + "_" + ConstraintBinder.columnNames(draft, keyColumns);
        String name = given == null ? names.indexName(draft, base, "idx") : given;
        IndexDefinition.Kind kind = kind(create);
        return new BoundDdl.CreateIndex(table, new IndexDefinition(0, name, keyColumns, create.unique(), kind));
    }

    private static IndexDefinition.Kind kind(Statement.CreateIndex create) {
        String method = create.method() == null ? "btree" : create.method().toLowerCase(Locale.ROOT);
        return switch (method) {
            case "btree" -> IndexDefinition.Kind.ORDERED;
            case "hash" -> IndexDefinition.Kind.HASH;
            default ->
                throw BindErrors.unsupported(
                        create.position(), "index method " + method, "use btree (ranges, order) or hash (equality)");
        };
    }

    private BoundDdl createSchema(Statement.CreateSchema create) {
        Name name = create.name();
        if (!name.isSimple()) {
            throw BindErrors.at(name, ErrorCode.SYNTAX_ERROR, "schema names have one part")
                    .with("name", name);
        }
        String schema = ObjectNames.requireValid(name.last(), name.position());
        ObjectNames.requireWritable(name, schema);
        if (schema.startsWith("pg_")) {
            throw BindErrors.at(name, ErrorCode.INVALID_NAME, "names that begin with pg_ are reserved")
                    .with("schema", schema);
        }
        if (!names.catalog().schemas().contains(schema)) {
            return new BoundDdl.CreateSchema(schema);
        }
        if (create.ifNotExists()) {
            return new BoundDdl.NoOperation("CREATE SCHEMA", "schema exists already, skipped: " + schema);
        }
        throw BindErrors.at(name, ErrorCode.DUPLICATE_SCHEMA, "schema exists already")
                .with("schema", schema);
    }

    private BoundDdl truncate(Statement.Truncate truncate) {
        List<TableSchema> tables = truncate.tables().stream().map(names::get).toList();
        return new BoundDdl.Truncate(tables, truncate.restartIdentity(), truncate.cascade());
    }
}
