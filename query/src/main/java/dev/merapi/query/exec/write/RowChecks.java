package dev.merapi.query.exec.write;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.exec.PlanCompiler;
import dev.merapi.query.exec.QueryPlan;
import dev.merapi.query.exec.operator.QueryContext;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.sql.PolicyChecks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What row policies demand of rows before they are written, made executable. Immutable and safe for any thread.
 *
 * @param workingTable the number under which the checks find the rows
 */
record RowChecks(TableSchema table, int workingTable, List<Check> checks) {
    /**
     * One demand.
     *
     * @param policy the restrictive policy, null when any permissive one would do
     * @param violating finds rows that do not satisfy it
     */
    record Check(@Nullable String policy, String command, boolean existing, QueryPlan violating) {}

    static List<RowChecks> compile(TableSchema table, List<PolicyChecks> checks, PlanCompiler compiler) {
        List<RowChecks> compiled = new ArrayList<>();
        for (PolicyChecks bound : checks) {
            List<Check> plans = bound.checks().stream()
                    .map(check -> new Check(
                            check.policy(), check.command().name(), check.existing(), compiler.plan(check.violating())))
                    .toList();
            compiled.add(new RowChecks(table, bound.workingTable(), plans));
        }
        return List.copyOf(compiled);
    }

    boolean readsTables() {
        return checks.stream().anyMatch(check -> check.violating().readsTables());
    }

    /**
     * Holds rows against all checks.
     *
     * @throws CodedException ROW_POLICY_VIOLATION; the row itself is not named, because the caller may not know it
     */
    static void require(List<RowChecks> all, List<Row> rows, QueryContext context) {
        for (RowChecks checks : all) {
            context.bindWorkingTable(checks.workingTable(), rows);
            for (Check check : checks.checks()) {
                if (check.violating().open(context).next() != null) {
                    throw checks.violation(check);
                }
            }
        }
    }

    private CodedException violation(Check check) {
        CodedException violation = new CodedException(
                        ErrorCode.ROW_POLICY_VIOLATION,
                        check.existing()
                                ? "row violates the row policies of its table (USING)"
                                : "new row violates the row policies of its table (WITH CHECK)")
                .with("table", table.name())
                .with("command", check.command());
        String policy = check.policy();
        return policy == null
                ? violation.hint("no permissive policy lets the row through for this role")
                : violation.with("policy", policy);
    }
}
