package dev.merapi.query.sql.select;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.SortItem;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.Term;
import dev.merapi.query.sql.rel.SortKey;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;

/** What an element of ORDER BY, GROUP BY or DISTINCT ON means: an ordinal, an output name, or an expression. */
final class Ordering {
    private final List<String> names;
    private final List<Term> outputs;

    /** Names and expressions of the output columns. */
    Ordering(List<String> names, List<Term> outputs) {
        this.names = names;
        this.outputs = outputs;
    }

    /** Sort keys where {@code binder} binds what is no output column. */
    List<SortKey> keys(List<SortItem> items, ExpressionBinder binder) {
        List<SortKey> keys = new ArrayList<>();
        for (SortItem item : items) {
            int output = outputColumn(item.expression(), "ORDER BY");
            keys.add(
                    output >= 0
                            ? new SortKey.Output(output, item)
                            : new SortKey.Expression(binder.value(item.expression()), item));
        }
        return keys;
    }

    /** The order of rows that have nothing but output columns. */
    RelCollation byOutput(List<SortItem> items) {
        List<RelFieldCollation> fields = new ArrayList<>();
        for (SortItem item : items) {
            int output = outputColumn(item.expression(), "ORDER BY");
            if (output < 0) {
                throw unknown(item.expression());
            }
            fields.add(SortKey.collation(output, item));
        }
        return RelCollations.of(fields);
    }

    private static RuntimeException unknown(Expr expression) {
        return expression instanceof Expr.ColumnRef column && column.name().isSimple()
                ? BindErrors.at(column.name(), ErrorCode.UNKNOWN_COLUMN, "column does not exist")
                        .with("column", column.name())
                        .hint("a set operation can be ordered by its output columns")
                : BindErrors.unsupported(
                        expression.position(),
                        "ORDER BY an expression over a set operation or VALUES",
                        "name an output column, or put the query in FROM");
    }

    /** The output column that an ordinal or a bare name stands for; -1: it is neither. */
    int outputColumn(Expr expression, String clause) {
        int ordinal = ordinal(expression, clause);
        return ordinal >= 0 ? ordinal : named(expression, clause);
    }

    /** The output column an ordinal stands for; -1 if the expression is none. */
    int ordinal(Expr expression, String clause) {
        if (expression instanceof Expr.NumberLiteral number && isWhole(number.text())) {
            int ordinal = number.text().length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(number.text());
            if (ordinal < 1 || ordinal > names.size()) {
                throw BindErrors.at(
                                number.position(),
                                ErrorCode.INVALID_COLUMN_REFERENCE,
                                "ordinal is not in the select list")
                        .with("clause", clause)
                        .with("ordinal", number.text())
                        .with("columns", names.size());
            }
            return ordinal - 1;
        }
        boolean constant = expression instanceof Expr.StringLiteral
                || expression instanceof Expr.NullLiteral
                || expression instanceof Expr.NumberLiteral;
        if (constant) {
            throw BindErrors.at(expression.position(), ErrorCode.SYNTAX_ERROR, "constant that is no ordinal")
                    .with("clause", clause);
        }
        return -1;
    }

    private static boolean isWhole(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The output column a bare name stands for; -1 if there is none. */
    int named(Expr expression, String clause) {
        if (!(expression instanceof Expr.ColumnRef column) || !column.name().isSimple()) {
            return -1;
        }
        int found = -1;
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(column.name().last())) {
                if (found >= 0 && !same(outputs.get(found), outputs.get(i))) {
                    throw BindErrors.at(column.name(), ErrorCode.AMBIGUOUS_COLUMN, "column name is ambiguous")
                            .with("column", column.name())
                            .with("clause", clause)
                            .hint("two output columns have this name: write the ordinal");
                }
                found = found < 0 ? i : found;
            }
        }
        return found;
    }

    private static boolean same(Term left, Term right) {
        return left instanceof Term.Value a
                && right instanceof Term.Value b
                && a.node().equals(b.node());
    }
}
