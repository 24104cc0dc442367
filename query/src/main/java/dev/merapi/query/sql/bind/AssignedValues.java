package dev.merapi.query.sql.bind;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.Term;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.List;

/** The values on the right of SET: one expression, or a row or query for several columns. */
final class AssignedValues {
    private final ExpressionBinder binder;

    AssignedValues(ExpressionBinder binder) {
        this.binder = binder;
    }

    /** One value per column of the assignment. */
    List<Assigned> of(Statement.Assignment assignment) {
        Expr value = assignment.value();
        if (!assignment.multiple()) {
            return List.of(single(value));
        }
        List<Assigned> values = switch (value) {
            case Expr.Row row -> row.fields().stream().map(this::single).toList();
            case Expr.ScalarQuery query -> query(query);
            default -> {
                if (assignment.columns().size() == 1) {
                    yield List.of(single(value));
                }
                throw BindErrors.at(value.position(), ErrorCode.SYNTAX_ERROR, "several columns need a row or a query")
                        .hint("write (a, b) = (1, 2) or (a, b) = (SELECT …)");
            }
        };
        if (values.size() != assignment.columns().size()) {
            throw BindErrors.at(value.position(), ErrorCode.SYNTAX_ERROR, "numbers of columns and values differ")
                    .with("columns", assignment.columns().size())
                    .with("values", values.size());
        }
        return values;
    }

    private Assigned single(Expr value) {
        return value instanceof Expr.Default ? new Assigned.ToDefault() : new Assigned.To(binder.bind(value));
    }

    private List<Assigned> query(Expr.ScalarQuery query) {
        List<Assigned> values = new ArrayList<>();
        for (Term column : binder.columnsOf(query)) {
            values.add(new Assigned.To(column));
        }
        return values;
    }
}
