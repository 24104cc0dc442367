package dev.merapi.query.exec.write;

import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.exec.PlanCompiler;
import dev.merapi.query.exec.QueryPlan;
import dev.merapi.query.sql.BoundDelete;
import dev.merapi.query.sql.BoundInsert;
import dev.merapi.query.sql.BoundUpdate;
import dev.merapi.query.sql.BoundWrite;
import dev.merapi.query.sql.OnConflict;
import dev.merapi.query.sql.PolicyChecks;
import dev.merapi.query.sql.Returning;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A writing statement made executable. Immutable and safe for any thread; valid for the catalog it was bound against.
 */
public sealed interface WritePlan {
    TableSchema table();

    QueryPlan source();

    @Nullable
    ReturningPlan returning();

    /** Whether a part that runs beside the writing reads tables, and so needs them as they were before. */
    boolean readsWhileWriting();

    /** What policies demand of the rows of the source, before the first is written. */
    List<RowChecks> checks();

    /** RETURNING: a query over the written rows, which it finds under a number. */
    record ReturningPlan(int workingTable, QueryPlan plan) {}

    /**
     * DO UPDATE: a query over one row, the existing one followed by the proposed one.
     *
     * @param existing what policies demand of that row
     * @param updated what they demand of the result
     */
    record ConflictUpdatePlan(int workingTable, QueryPlan plan, List<RowChecks> existing, List<RowChecks> updated) {
        boolean readsTables() {
            return plan.readsTables()
                    || Stream.concat(existing.stream(), updated.stream()).anyMatch(RowChecks::readsTables);
        }
    }

    /**
     * ON CONFLICT.
     *
     * @param arbiters the unique indexes whose conflicts are taken care of
     * @param update null: DO NOTHING
     */
    record ConflictPlan(
            List<IndexDefinition> arbiters, @Nullable ConflictUpdatePlan update) {}

    record InsertPlan(
            TableSchema table,
            QueryPlan source,
            List<RowChecks> checks,
            @Nullable ConflictPlan conflict,
            @Nullable ReturningPlan returning,
            boolean readsWhileWriting)
            implements WritePlan {}

    record UpdatePlan(
            TableSchema table,
            QueryPlan source,
            List<RowChecks> checks,
            @Nullable ReturningPlan returning,
            boolean readsWhileWriting)
            implements WritePlan {}

    record DeletePlan(
            TableSchema table,
            QueryPlan source,
            List<RowChecks> checks,
            @Nullable ReturningPlan returning,
            boolean readsWhileWriting)
            implements WritePlan {}

    /** Makes a bound statement executable; its writing common table expressions are left to the caller. */
    static WritePlan compile(BoundWrite write, PlanCompiler compiler) {
        ReturningPlan returning = compile(write.returning(), compiler);
        boolean reads = returning != null && returning.plan().readsTables();
        QueryPlan source = compiler.plan(write.source());
        return switch (write) {
            case BoundInsert insert -> {
                ConflictPlan conflict = compile(insert.table(), insert.onConflict(), compiler);
                reads |= conflict != null
                        && conflict.update() != null
                        && conflict.update().readsTables();
                yield new InsertPlan(
                        insert.table(), source, checks(insert, insert.checks(), compiler), conflict, returning, reads);
            }
            case BoundUpdate update ->
                new UpdatePlan(update.table(), source, checks(update, update.checks(), compiler), returning, reads);
            case BoundDelete delete ->
                new DeletePlan(delete.table(), source, checks(delete, delete.checks(), compiler), returning, reads);
        };
    }

    private static List<RowChecks> checks(BoundWrite write, List<PolicyChecks> checks, PlanCompiler compiler) {
        return RowChecks.compile(write.table(), checks, compiler);
    }

    private static @Nullable ReturningPlan compile(@Nullable Returning returning, PlanCompiler compiler) {
        return returning == null ? null : new ReturningPlan(returning.workingTable(), compiler.plan(returning.rel()));
    }

    private static @Nullable ConflictPlan compile(
            TableSchema table, @Nullable OnConflict conflict, PlanCompiler compiler) {
        if (conflict == null) {
            return null;
        }
        List<IndexDefinition> arbiters = conflict.arbiters().isEmpty()
                ? table.indexes().stream().filter(IndexDefinition::unique).toList()
                : conflict.arbiters();
        OnConflict.ConflictUpdate update = conflict.update();
        return new ConflictPlan(
                arbiters,
                update == null
                        ? null
                        : new ConflictUpdatePlan(
                                update.workingTable(),
                                compiler.plan(update.rel()),
                                RowChecks.compile(table, update.existing(), compiler),
                                RowChecks.compile(table, update.updated(), compiler)));
    }
}
