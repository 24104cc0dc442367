package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.expression.Coercion;
import dev.merapi.query.sql.expression.Term;
import dev.merapi.query.sql.rel.PendingQuery;
import dev.merapi.query.sql.rel.PendingRelation;
import dev.merapi.query.sql.scope.BindErrors;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalIntersect;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.jspecify.annotations.Nullable;

/**
 * UNION, INTERSECT and EXCEPT. Types are settled pair by pair from the leaves up, as PostgreSQL does: {@code SELECT
 * NULL UNION SELECT NULL UNION SELECT 1} fails because the first pair has become text.
 */
final class SetOperationBinder {
    private final QueryBinder queries;
    private final @Nullable Scope outer;
    private final Coercion coercion;

    SetOperationBinder(QueryBinder queries, @Nullable Scope outer) {
        this.queries = queries;
        this.outer = outer;
        this.coercion = new Coercion(queries.context());
    }

    PendingRelation bind(Query.SetOperation operation) {
        PendingQuery left = queries.operand(operation.left(), outer);
        PendingQuery right = queries.operand(operation.right(), outer);
        List<RelNode> inputs = inputs(left, right, operation.kind().name(), operation.position());
        RelNode rel = switch (operation.kind()) {
            case UNION -> LogicalUnion.create(inputs, operation.all());
            case INTERSECT -> LogicalIntersect.create(inputs, operation.all());
            case EXCEPT -> LogicalMinus.create(inputs, operation.all());
        };
        return new PendingRelation(rel, left.names(), operation.position());
    }

    /** Both sides with common column types. */
    List<RelNode> inputs(PendingQuery left, PendingQuery right, String construct, int position) {
        List<Term> leftColumns = left.outputs();
        List<Term> rightColumns = right.outputs();
        if (leftColumns.size() != rightColumns.size()) {
            throw BindErrors.at(position, ErrorCode.SYNTAX_ERROR, "both sides must have the same number of columns")
                    .with("construct", construct)
                    .with("left", leftColumns.size())
                    .with("right", rightColumns.size());
        }
        List<ColumnType> types = new ArrayList<>();
        for (int i = 0; i < leftColumns.size(); i++) {
            types.add(coercion.common(List.of(leftColumns.get(i), rightColumns.get(i)), construct));
        }
        return List.of(
                left.finish((term, column) -> coercion.to(term, types.get(column))),
                right.finish((term, column) -> coercion.to(term, types.get(column))));
    }
}
