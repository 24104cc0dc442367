package dev.merapi.query.sql.bind;

import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.rel.FromResult;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;

/** {@code old} and {@code new} in RETURNING: a written row before and after. A table of that name comes first. */
final class RowVersions {
    private static final String OLD = "old";
    private static final String NEW = "new";

    private RowVersions() {}

    /** Whether a RETURNING clause says something about rows as they were. */
    static boolean namesOld(List<Query.Item> returning) {
        return returning.stream().map(Query.Item::expression).anyMatch(RowVersions::namesOld);
    }

    private static boolean namesOld(Expr expression) {
        if (expression instanceof Expr.Star star) {
            return star.qualifier().isSimple() && star.qualifier().last().equals(OLD);
        }
        return ColumnReferences.of(expression).stream()
                .anyMatch(name -> name.parts().get(0).equals(OLD));
    }

    /** The written rows with a name for what each was and one for what it is. */
    static FromResult in(FromResult rows, Relation before, Relation after) {
        List<Relation> relations = new ArrayList<>(rows.relations());
        relations.add(before);
        relations.add(after);
        return new FromResult(rows.rel(), rows.columns(), relations);
    }

    /** The row before, in the columns of a node from some column on. */
    static Relation before(RelNode rel, TargetTable target, int from) {
        return InsertBinder.tableRows(rel, target, OLD, from).relations().get(0);
    }

    /** The row after, in the first columns of a node. */
    static Relation after(RelNode rel, TargetTable target) {
        return InsertBinder.tableRows(rel, target, NEW, 0).relations().get(0);
    }

    /** An inserted row before: NULLs. */
    static Relation nothingBefore(RexBuilder rex, TargetTable target) {
        return nothing(rex, target, OLD);
    }

    /** A deleted row after: NULLs. */
    static Relation nothingAfter(RexBuilder rex, TargetTable target) {
        return nothing(rex, target, NEW);
    }

    private static Relation nothing(RexBuilder rex, TargetTable target, String name) {
        List<ScopeColumn> columns = new ArrayList<>();
        for (ColumnDefinition column : target.schema().columns()) {
            columns.add(new ScopeColumn(column.name(), Constants.of(rex, column.type(), null)));
        }
        return new Relation(name, null, null, columns, false);
    }
}
