package dev.merapi.query.exec.schema;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.exec.PlanCompiler;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.sql.BoundDdl;
import dev.merapi.query.sql.BoundDdl.AlterTable;
import dev.merapi.query.sql.BoundDdl.CreateIndex;
import dev.merapi.query.sql.BoundDdl.CreateSchema;
import dev.merapi.query.sql.BoundDdl.CreateTable;
import dev.merapi.query.sql.BoundDdl.CreateTableAs;
import dev.merapi.query.sql.BoundDdl.DropIndexes;
import dev.merapi.query.sql.BoundDdl.DropSchemas;
import dev.merapi.query.sql.BoundDdl.DropTables;
import dev.merapi.query.sql.BoundDdl.NoOperation;
import dev.merapi.query.sql.BoundDdl.SecureTable;
import dev.merapi.query.sql.BoundDdl.TableIndex;
import dev.merapi.query.sql.BoundDdl.TablePolicy;
import dev.merapi.query.sql.BoundDdl.Truncate;
import dev.merapi.store.Catalog;
import dev.merapi.store.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Executes one statement about the schema. Belongs to the writer's thread, for one statement. */
public final class Definer {
    /** What a statement about the schema did: its command tag and, for CREATE TABLE AS, the rows it stored. */
    public record Defined(String command, long rows) {}

    private final Transaction transaction;
    private final QueryContext context;
    private final PlanCompiler compiler;
    private final TableAlteration alteration;

    /**
     * Makes an executor.
     *
     * @param compiler of this statement
     * @param checks finds the columns a CHECK mentions
     */
    public Definer(Transaction transaction, QueryContext context, PlanCompiler compiler, CheckColumns checks) {
        this.transaction = transaction;
        this.context = context;
        this.compiler = compiler;
        this.alteration = new TableAlteration(transaction, context, compiler, checks);
    }

    /** Executes a statement. */
    public Defined execute(BoundDdl statement) {
        return switch (statement) {
            case CreateTable create -> {
                transaction.createTable(create.draft());
                yield done(statement);
            }
            case CreateTableAs create -> createTableAs(create);
            case CreateIndex create -> {
                transaction.createIndex(create.table().tableId(), create.draft());
                yield done(statement);
            }
            case AlterTable alter -> {
                alteration.apply(alter.table().tableId(), alter.actions());
                yield done(statement);
            }
            case SecureTable secure -> {
                transaction.setRowSecurity(secure.table().tableId(), secure.security());
                yield done(secure);
            }
            case DropTables drop -> dropTables(drop);
            case DropIndexes drop -> {
                for (TableIndex index : drop.indexes()) {
                    transaction.dropIndex(index.table().tableId(), index.index().indexId(), false);
                }
                yield done(statement);
            }
            case CreateSchema create -> {
                transaction.createSchema(create.name());
                yield done(statement);
            }
            case DropSchemas drop -> {
                dropPolicies(drop.policies());
                drop.names().forEach(name -> transaction.dropSchema(name, drop.cascade()));
                yield done(statement);
            }
            case Truncate truncate -> truncate(truncate);
            case NoOperation nothing -> done(nothing);
        };
    }

    private static Defined done(BoundDdl statement) {
        return new Defined(statement.command(), 0);
    }

    private Defined createTableAs(CreateTableAs create) {
        // The query first: it must not see the table it fills.
        List<Row> rows = compiler.plan(create.source()).rows(context);
        TableSchema table = transaction.createTable(create.draft());
        RowLayout layout = transaction.table(table.tableId()).layout();
        for (Row row : rows) {
            transaction.insertEncoded(table.tableId(), layout.encode(row.toArray()));
        }
        return new Defined("SELECT", rows.size());
    }

    /** Drops tables that may refer to each other: only references from outside the statement forbid it. */
    private Defined dropTables(DropTables drop) {
        dropPolicies(drop.policies());
        Set<Integer> dropped = new HashSet<>();
        drop.tables().forEach(table -> dropped.add(table.tableId()));
        for (TableSchema table : drop.tables()) {
            boolean onlyInside = transaction.catalog().referencing(table.tableId()).stream()
                    .allMatch(other -> dropped.contains(other.tableId()));
            transaction.dropTable(table.tableId(), drop.cascade() || onlyInside);
        }
        return done(drop);
    }

    private void dropPolicies(List<TablePolicy> policies) {
        policies.forEach(alteration::dropPolicy);
    }

    private Defined truncate(Truncate truncate) {
        Set<Integer> tables = new LinkedHashSet<>();
        truncate.tables().forEach(table -> tables.add(table.tableId()));
        Catalog catalog = transaction.catalog();
        List<Integer> toVisit = new ArrayList<>(tables);
        for (int i = 0; i < toVisit.size(); i++) {
            for (TableSchema other : catalog.referencing(toVisit.get(i))) {
                if (tables.contains(other.tableId())) {
                    continue;
                }
                if (!truncate.cascade()) {
                    throw referenced(catalog.get(toVisit.get(i)), other);
                }
                tables.add(other.tableId());
                toVisit.add(other.tableId());
            }
        }
        for (int tableId : referencingFirst(catalog, tables)) {
            transaction.truncate(tableId);
            if (truncate.restartIdentity()) {
                alteration.restartSequences(tableId);
            }
        }
        return done(truncate);
    }

    /** An order in which the rows that refer go before those they refer to. */
    private static List<Integer> referencingFirst(Catalog catalog, Set<Integer> tables) {
        List<Integer> order = new ArrayList<>();
        Set<Integer> visited = new HashSet<>();
        for (Integer table : tables) {
            visit(catalog, table, tables, visited, order);
        }
        return order;
    }

    private static void visit(
            Catalog catalog, Integer table, Set<Integer> tables, Set<Integer> visited, List<Integer> order) {
        if (!visited.add(table)) {
            return;
        }
        for (TableSchema other : catalog.referencing(table)) {
            if (tables.contains(other.tableId())) {
                visit(catalog, other.tableId(), tables, visited, order);
            }
        }
        order.add(table);
    }

    private static CodedException referenced(TableSchema table, TableSchema by) {
        return new CodedException(ErrorCode.UNSUPPORTED_SQL, "cannot truncate a table that others refer to")
                .with("table", table.name())
                .with("referenced by", by.name())
                .hint("truncate both in one statement, or say CASCADE");
    }
}
