package dev.merapi.query.sql.bind;

import dev.merapi.api.schema.PolicyDefinition.Command;
import dev.merapi.query.sql.BoundDelete;
import dev.merapi.query.sql.Returning;
import dev.merapi.query.sql.WithWrite;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.policy.RowPolicies.Demand;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.scope.Scope;
import dev.merapi.query.sql.select.QueryBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** DELETE. */
final class DeleteBinder extends WriteBinder {
    private final boolean outermost;
    private final boolean merging;

    /**
     * @param merging whether the statement is part of a MERGE: then a row that is found but must not be deleted is
     *     refused, where a DELETE passes it over
     */
    DeleteBinder(
            QueryBinder queries,
            ObjectNames names,
            List<WithWrite> with,
            UnaryOperator<RelNode> enclosing,
            boolean merging) {
        super(queries, names, with, enclosing);
        this.outermost = queries.isOutermost();
        this.merging = merging;
    }

    BoundDelete bind(Statement.Delete delete) {
        QueryBinder.Statements statement = open(delete.with());
        TargetTable target = target(delete.table(), delete.alias());
        List<Command> commands = merging ? List.of(Command.SELECT) : List.of(Command.DELETE, Command.SELECT);
        FromResult from = rows(statement.queries(), target, delete.using(), commands);
        Scope scope = from.scope(context(), null);
        RelNode rows = where(statement.queries(), from.rel(), scope, delete.where());

        int width = target.width();
        List<RexNode> columns = new ArrayList<>();
        columns.add(context().rex().makeInputRef(rows, width));
        boolean guarded = policies().guard(target.schema());
        if (!delete.returning().isEmpty() || (guarded && merging)) {
            columns.addAll(Rels.references(rows, 0, width));
            columns.addAll(Rels.references(rows, width + 1, rows.getRowType().getFieldCount()));
        }
        RelNode source = Rels.project(rows, columns, Rels.anonymousNames(columns.size()), Set.of());
        Returning returning = returning(statement, target, delete, source, from);
        if (guarded && !readsTarget(target, from, rows) && !returningReads()) {
            RelNode found = guardedBy(rows, target, List.of(Command.DELETE));
            source = Rels.project(found, columns, Rels.anonymousNames(columns.size()), Set.of());
        }
        return new BoundDelete(
                with(outermost),
                target.schema(),
                around(statement, source),
                merging ? policies().checks(target.schema(), source, 1, List.of(Demand.DELETABLE)) : List.of(),
                returning,
                context().parameters().types());
    }

    private @Nullable Returning returning(
            QueryBinder.Statements statement,
            TargetTable target,
            Statement.Delete delete,
            RelNode source,
            FromResult from) {
        if (delete.returning().isEmpty()) {
            return null;
        }
        int number = context().newWorkingTable();
        RelNode workingTable = workingTable(number, target, source, target.width() + 1);
        FromResult rows = RowVersions.in(
                written(from, workingTable, target.width()),
                RowVersions.before(workingTable, target, 0),
                RowVersions.nothingAfter(context().rex(), target));
        return returning(statement, target, delete.returning(), number, rows);
    }
}
