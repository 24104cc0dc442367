package dev.merapi.query.sql.bind;

import dev.merapi.query.sql.BoundUpdate;
import dev.merapi.query.sql.Returning;
import dev.merapi.query.sql.WithWrite;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.NoCalls;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.rel.Rels;
import dev.merapi.query.sql.scope.Scope;
import dev.merapi.query.sql.select.QueryBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** UPDATE. */
final class UpdateBinder extends WriteBinder {
    private final boolean outermost;

    UpdateBinder(QueryBinder queries, ObjectNames names, List<WithWrite> with, UnaryOperator<RelNode> enclosing) {
        super(queries, names, with, enclosing);
        this.outermost = queries.isOutermost();
    }

    BoundUpdate bind(Statement.Update update) {
        QueryBinder.Statements statement = open(update.with());
        TargetTable target = target(update.table(), update.alias());
        FromResult from = rows(statement.queries(), target, update.from());
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
        RelNode source = Rels.project(rows, columns, Rels.anonymousNames(columns.size()), scope.takeCorrelation());
        return new BoundUpdate(
                with(outermost),
                target.schema(),
                around(statement, source),
                List.copyOf(values.keySet()),
                returning(statement, target, update, source, from),
                context().parameters().types());
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
        return returning(statement, update.returning(), number, rows);
    }
}
