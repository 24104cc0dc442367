package dev.merapi.query.exec;

import dev.merapi.query.exec.operator.Filter;
import dev.merapi.query.exec.operator.Operator;
import dev.merapi.query.exec.operator.OperatorCounts;
import dev.merapi.query.exec.operator.Project;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.exec.operator.RowSource;
import dev.merapi.query.exec.scan.TableScan;
import dev.merapi.query.expr.row.Row;
import java.util.ArrayList;
import java.util.List;

/** An executable query, or part of a writing statement. Immutable and safe for any thread. */
public final class QueryPlan {
    /** A query inside an expression; {@code perRow}: it depends on the row around it. */
    record Subquery(Operator root, boolean perRow) {}

    private final Operator root;
    private final List<Subquery> subqueries;
    private final int contextMemo;
    private final boolean readsTables;

    QueryPlan(Operator root, List<Subquery> subqueries, int contextMemo, boolean readsTables) {
        this.root = root;
        this.subqueries = subqueries;
        this.contextMemo = contextMemo;
        this.readsTables = readsTables;
    }

    /** Starts a run. All plans run with one context must be of one {@link PlanCompiler}. */
    public RowSource open(QueryContext context) {
        // Queries inside expressions find their tables by this.
        context.eval().setMemo(contextMemo, context);
        return root.open(context);
    }

    /** Runs to the end and returns the rows, which count as held. */
    public List<Row> rows(QueryContext context) {
        // One row is what most writing statements find, so the list begins small.
        List<Row> rows = new ArrayList<>(1);
        RowSource source = open(context);
        for (Row row = source.next(); row != null; row = source.next()) {
            context.hold(1);
            rows.add(row.keep());
        }
        return rows;
    }

    /** Whether each of its rows comes from another row of one table: then none can come from the same row twice. */
    public boolean isScan() {
        Operator operator = root;
        while (operator instanceof Project || operator instanceof Filter) {
            operator = operator.inputs().getFirst();
        }
        return operator instanceof TableScan;
    }

    /** Whether it looks into a stored or system table, and not only at values and working tables. */
    public boolean readsTables() {
        return readsTables;
    }

    /**
     * The plan as lines of text, inputs indented below what reads them, then those of the queries inside expressions.
     *
     * @param context tells the sizes of tables, and what each operator did if it counted
     */
    public List<String> explain(QueryContext context) {
        List<String> lines = new ArrayList<>();
        explain(root, 0, context, lines);
        for (Subquery subquery : subqueries) {
            lines.add(subquery.perRow() ? "Subquery for each outer row:" : "Subquery once:");
            explain(subquery.root(), 1, context, lines);
        }
        return lines;
    }

    private static void explain(Operator node, int depth, QueryContext context, List<String> lines) {
        Operator operator = node.chosen(context);
        String indent = depth == 0 ? "" : "  ".repeat(depth) + "->  ";
        lines.add(indent + operator.describe() + figures(operator, context));
        for (Operator input : operator.inputs()) {
            explain(input, depth + 1, context, lines);
        }
    }

    private static String figures(Operator operator, QueryContext context) {
        if (!context.isCounting()) {
            return "";
        }
        OperatorCounts counts = context.counts(operator);
        return counts == null ? " (never executed)" : " (rows=" + counts.rows() + " loops=" + counts.runs() + ")";
    }
}
