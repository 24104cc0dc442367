package dev.merapi.query.sql.scope;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.Functions;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.function.StandardFunctions;
import dev.merapi.store.Catalog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rex.RexBuilder;

/** What all parts of binding one statement share. Made for one statement and used by its thread alone. */
public final class BindContext {
    /**
     * How deep expressions may be nested, operators in a row included: {@code a + b + c} is two levels. The evaluator
     * descends as deep as this; a level takes some 500 bytes of its stack.
     */
    private static final int EXPRESSION_DEPTH = 600;

    /** A cluster wants a planner; nothing is ever planned with this one. */
    private static final HepProgram NO_PROGRAM = HepProgram.builder().build();

    private final Catalog catalog;
    private final PolicySubject subject;
    private final NameUses uses;
    private String schema;
    /** The tables whose policies are being bound, outermost first. */
    private final Deque<TableSchema> guarded = new ArrayDeque<>();

    private final RelOptCluster cluster;
    private final Parameters parameters = new Parameters();
    private int workingTables;
    private int depth;

    /** A context for expressions that read no tables. */
    public BindContext(Catalog catalog, String schema) {
        this(catalog, schema, PolicySubject.UNGUARDED, NameUses.IGNORED);
    }

    /**
     * @param schema where names without a schema are looked for first
     * @param subject whose rows the statement sees
     * @param uses told what names mean
     */
    public BindContext(Catalog catalog, String schema, PolicySubject subject, NameUses uses) {
        this.catalog = catalog;
        this.schema = schema;
        this.subject = subject;
        this.uses = uses;
        RexBuilder rexBuilder = new RexBuilder(RelTypes.standard().factory());
        this.cluster = RelOptCluster.create(new HepPlanner(NO_PROGRAM), rexBuilder);
    }

    public Catalog catalog() {
        return catalog;
    }

    public String schema() {
        return schema;
    }

    public PolicySubject subject() {
        return subject;
    }

    public NameUses uses() {
        return uses;
    }

    /**
     * Binds a condition of a table's policy, whose names are looked for in a schema of its own.
     *
     * @throws dev.merapi.api.error.CodedException POLICY_RECURSION when the condition reads, by whatever detour, rows
     *     that the same policies guard
     */
    public <T> T insidePolicy(TableSchema table, String searchSchema, Supplier<T> binding) {
        if (guarded.stream().anyMatch(other -> other.tableId() == table.tableId())) {
            throw new CodedException(ErrorCode.POLICY_RECURSION, "infinite recursion in the policies of a table")
                    .with("table", table.name())
                    .hint("a policy cannot read the table it is for; read another table that has no such policy");
        }
        String around = schema;
        schema = searchSchema;
        guarded.push(table);
        try {
            return binding.get();
        } finally {
            guarded.pop();
            schema = around;
        }
    }

    public RelOptCluster cluster() {
        return cluster;
    }

    public RexBuilder rex() {
        return cluster.getRexBuilder();
    }

    public Functions functions() {
        return StandardFunctions.functions();
    }

    public Casts casts() {
        return StandardFunctions.casts();
    }

    public Parameters parameters() {
        return parameters;
    }

    /** A number no other working table of the statement has. */
    public int newWorkingTable() {
        return workingTables++;
    }

    public void enter(int position) {
        if (++depth > EXPRESSION_DEPTH) {
            throw BindErrors.at(position, ErrorCode.STATEMENT_TOO_COMPLEX, "expression is nested too deeply")
                    .with("limit", EXPRESSION_DEPTH)
                    .hint("take it apart: fewer operators in a row, or the work in several columns");
        }
    }

    public void leave() {
        depth--;
    }
}
