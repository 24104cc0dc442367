package dev.merapi.query.sql.expression;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.expression.Term.RowOf;
import dev.merapi.query.sql.expression.Term.Value;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Prefix and infix operators, comparisons of rows among them. */
final class OperatorBinder {
    private final ExpressionBinder binder;
    private final Coercion coercion;

    OperatorBinder(ExpressionBinder binder) {
        this.binder = binder;
        this.coercion = binder.coercion();
    }

    private RexBuilder rex() {
        return binder.context().rex();
    }

    Term prefix(Expr.Unary unary) {
        if (unary.operator().equals("-")
                && unary.operand() instanceof Expr.NumberLiteral number
                && !number.text().startsWith("-")) {
            // As in PostgreSQL the sign is part of the number: -2147483648 is an integer.
            return binder.bind(new Expr.NumberLiteral("-" + number.text(), unary.position()));
        }
        Term operand = binder.bind(unary.operand());
        requireNoRow(operand, unary.operator());
        ScalarFunction function = binder.context().functions().resolvePrefixOperator(unary.operator(), operand.type());
        if (function == null) {
            throw unknown(unary.operator() + " " + Coercion.render(operand.type()), unary.position());
        }
        return new Value(
                coercion.call(
                        function, coercion.to(operand, function.parameterTypes().get(0))),
                unary.position());
    }

    Term infix(Expr.Binary binary) {
        Term left = binder.bind(binary.left());
        SqlOperator comparison = comparison(binary.operator());
        if (comparison != null && left instanceof RowOf row && binary.right() instanceof Expr.ScalarQuery query) {
            return new Value(new RowQueries(binder).compare(row, comparison, query), binary.position());
        }
        Term right = binder.bind(binary.right());
        if (comparison == null) {
            return new Value(operator(binary.operator(), left, right, binary.position()), binary.position());
        }
        return new Value(compare(comparison, left, right, binary.position()), binary.position());
    }

    /** A call of an operator that is not a comparison. */
    RexNode operator(String symbol, Term left, Term right, int position) {
        requireNoRow(left, symbol);
        requireNoRow(right, symbol);
        ScalarFunction function;
        try {
            function = binder.context().functions().resolveOperator(symbol, left.type(), right.type());
        } catch (CodedException e) {
            throw e.at(position + 1);
        }
        if (function == null) {
            throw unknown(Coercion.render(left.type()) + " " + symbol + " " + Coercion.render(right.type()), position);
        }
        return coercion.call(function, coercion.to(List.of(left, right), function.parameterTypes()));
    }

    /** A comparison of two values or two rows. */
    RexNode compare(SqlOperator operator, Term left, Term right, int position) {
        if (left instanceof RowOf || right instanceof RowOf) {
            if (!(left instanceof RowOf l) || !(right instanceof RowOf r)) {
                throw BindErrors.at(position, ErrorCode.TYPE_MISMATCH, "row is compared with a single value");
            }
            requireSameSize(l, r, position);
            return compareRows(operator, l.fields(), r.fields(), position);
        }
        ColumnType type = binder.context().casts().comparisonType(left.type(), right.type());
        if (type == null) {
            throw unknown(
                    Coercion.render(left.type()) + " " + operator.getName() + " " + Coercion.render(right.type()),
                    position);
        }
        return rex().makeCall(operator, coercion.to(left, type), coercion.to(right, type));
    }

    /** Rows compare field by field from the left; the first difference decides. */
    private RexNode compareRows(SqlOperator operator, List<Term> left, List<Term> right, int position) {
        if (left.size() == 1) {
            return compare(operator, left.get(0), right.get(0), position);
        }
        return switch (operator.kind) {
            case EQUALS -> Junctions.and(rex(), pairwise(operator, left, right, position));
            case NOT_EQUALS -> Junctions.or(rex(), pairwise(operator, left, right, position));
            default -> {
                RexNode rest =
                        compareRows(operator, left.subList(1, left.size()), right.subList(1, right.size()), position);
                RexNode first = compare(strict(operator), left.get(0), right.get(0), position);
                RexNode equal = compare(SqlStdOperatorTable.EQUALS, left.get(0), right.get(0), position);
                yield Junctions.or(rex(), List.of(first, Junctions.and(rex(), List.of(equal, rest))));
            }
        };
    }

    private List<RexNode> pairwise(SqlOperator operator, List<Term> left, List<Term> right, int position) {
        List<RexNode> nodes = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            nodes.add(compare(operator, left.get(i), right.get(i), position));
        }
        return nodes;
    }

    static void requireSameSize(RowOf left, RowOf right, int position) {
        if (left.fields().size() != right.fields().size() || left.fields().isEmpty()) {
            throw BindErrors.at(position, ErrorCode.SYNTAX_ERROR, "rows have different numbers of fields")
                    .with("left", left.fields().size())
                    .with("right", right.fields().size());
        }
    }

    private static SqlOperator strict(SqlOperator operator) {
        return switch (operator.kind) {
            case LESS_THAN, LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN;
            default -> SqlStdOperatorTable.GREATER_THAN;
        };
    }

    /** The comparison a symbol stands for, or null. */
    static @Nullable SqlOperator comparison(String symbol) {
        return switch (symbol) {
            case "=" -> SqlStdOperatorTable.EQUALS;
            case "<>" -> SqlStdOperatorTable.NOT_EQUALS;
            case "<" -> SqlStdOperatorTable.LESS_THAN;
            case "<=" -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            case ">" -> SqlStdOperatorTable.GREATER_THAN;
            case ">=" -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
            default -> null;
        };
    }

    static void requireNoRow(Term term, String operator) {
        if (term instanceof RowOf row) {
            throw Coercion.rowAsValue(row).with("operator", operator);
        }
    }

    static CodedException unknown(String operation, int position) {
        return BindErrors.at(position, ErrorCode.UNKNOWN_FUNCTION, "operator does not exist")
                .with("operator", operation)
                .hint("no operator of this name takes these types: cast the operands");
    }
}
