package dev.merapi.query.sql.bind;

import dev.merapi.api.schema.PolicyDefinition.Command;
import dev.merapi.query.sql.BoundUpdate;
import dev.merapi.query.sql.PolicyChecks;
import dev.merapi.query.sql.Returning;
import dev.merapi.query.sql.WithWrite;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.policy.RowPolicies.Demand;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.scope.Scope;
import dev.merapi.query.sql.select.QueryBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** UPDATE. */
final class UpdateBinder extends WriteBinder {
    private final boolean outermost;
    private final boolean merging;

    /**
     * @param merging whether the statement is part of a MERGE: then a row that is found but must not be updated is
     *     refused, where an UPDATE passes it over
     */
    UpdateBinder(
            QueryBinder queries,
            ObjectNames names,
            List<WithWrite> with,
            UnaryOperator<RelNode> enclosing,
            boolean merging) {
        super(queries, names, with, enclosing);
        this.outermost = queries.isOutermost();
        this.merging = merging;
    }

    BoundUpdate bind(Statement.Update update) {
        QueryBinder.Statements statement = open(update.with());
        TargetTable target = target(update.table(), update.alias());
        List<Command> commands = merging ? List.of(Command.SELECT) : List.of(Command.UPDATE, Command.SELECT);
        FromResult from = rows(statement.queries(), target, update.from(), commands);
        Scope scope = from.scope(context(), null);
        RelNode rows = where(statement.queries(), from.rel(), scope, update.where());

        ExpressionBinder binder = statement.queries().expressions(scope, new NoCalls("UPDATE"));
        Map<Integer, RexNode> values = assignments(target, update.assignments(), binder);
        int width = target.width();
        List<RexNode> columns = new ArrayList<>();
        columns.add(context().rex().makeInputRef(rows, width));
        for (int i = 0; i < width; i++) {
            RexNode value = values.get(i);
            columns.add(value == null ? context().rex().makeInputRef(rows, i) : value);
        }
        if (!update.returning().isEmpty()) {
            columns.addAll(Rels.references(rows, width + 1, rows.getRowType().getFieldCount()));
        }
        if (RowVersions.namesOld(update.returning())) {
            columns.addAll(Rels.references(rows, 0, width));
        }
        boolean guarded = policies().guard(target.schema());
        int old = columns.size();
        if (guarded && merging) {
            columns.addAll(Rels.references(rows, 0, width));
        }
        Set<CorrelationId> variables = scope.takeCorrelation();
        boolean reads = readsTarget(target, from, rows) || readsTarget(target, List.copyOf(values.values()), variables);
        RelNode source = Rels.project(rows, columns, Rels.anonymousNames(columns.size()), variables);
        Returning returning = returning(statement, target, update, source, from);
        reads |= returningReads();
        if (guarded && !reads) {
            RelNode found = guardedBy(rows, target, List.of(Command.UPDATE));
            source = Rels.project(found, columns, Rels.anonymousNames(columns.size()), variables);
        }
        return new BoundUpdate(
                with(outermost),
                target.schema(),
                around(statement, source),
                List.copyOf(values.keySet()),
                checks(target, source, old, reads),
                returning,
                context().parameters().types());
    }

    private List<PolicyChecks> checks(TargetTable target, RelNode source, int old, boolean reads) {
        List<Demand> made = reads ? List.of(Demand.UPDATED, Demand.READABLE) : List.of(Demand.UPDATED);
        List<PolicyChecks> checks = new ArrayList<>();
        if (merging) {
            checks.addAll(policies().checks(target.schema(), source, old, List.of(Demand.UPDATABLE)));
        }
        checks.addAll(policies().checks(target.schema(), source, 1, made));
        return checks;
    }

    private @Nullable Returning returning(
            QueryBinder.Statements statement,
            TargetTable target,
            Statement.Update update,
            RelNode source,
            FromResult from) {
        if (update.returning().isEmpty()) {
            return null;
        }
        int number = context().newWorkingTable();
        RelNode workingTable = workingTable(number, target, source, target.width() + 1);
        int width = target.width();
        int old = RowVersions.namesOld(update.returning())
                ? workingTable.getRowType().getFieldCount() - width
                : 0;
        FromResult rows = RowVersions.in(
                written(from, workingTable, width),
                RowVersions.before(workingTable, target, old),
                RowVersions.after(workingTable, target));
        return returning(statement, target, update.returning(), number, rows);
    }
}
