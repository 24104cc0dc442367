package dev.merapi.query.sql.expression;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.expression.Term.RowOf;
import dev.merapi.query.sql.expression.Term.Value;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** IS, BETWEEN, IN, LIKE and the quantified comparisons. */
final class PredicateBinder {
    private final ExpressionBinder binder;
    private final Coercion coercion;

    PredicateBinder(ExpressionBinder binder) {
        this.binder = binder;
        this.coercion = binder.coercion();
    }

    private RexBuilder rex() {
        return binder.context().rex();
    }

    Term isTest(Expr.IsTest test) {
        Term operand = binder.bind(test.operand());
        if (test.test() == Expr.IsTest.Test.NULL) {
            if (operand instanceof Term.UntypedParameter parameter) {
                throw BindErrors.at(parameter.position(), ErrorCode.INDETERMINATE_TYPE, "parameter has no type")
                        .with("parameter", "$" + parameter.number())
                        .hint("write a cast such as $" + parameter.number() + "::text");
            }
            return new Value(isNull(operand, test.negated()), test.position());
        }
        RexNode condition = coercion.condition(operand, "IS " + test.test());
        SqlOperator operator = switch (test.test()) {
            case TRUE -> test.negated() ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE;
            case FALSE -> test.negated() ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE;
            case UNKNOWN, NULL -> test.negated() ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL;
        };
        return new Value(rex().makeCall(operator, condition), test.position());
    }

    /** A row is NULL when all its fields are, and NOT NULL when none is: not each other's opposite. */
    private RexNode isNull(Term operand, boolean negated) {
        SqlOperator operator = negated ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL;
        if (operand instanceof RowOf row) {
            List<RexNode> tests = new ArrayList<>();
            for (Term field : row.fields()) {
                tests.add(isNull(field, negated));
            }
            return Junctions.and(rex(), tests);
        }
        return rex().makeCall(operator, coercion.settled(operand));
    }

    Term isDistinct(Expr.IsDistinct distinct) {
        Term left = binder.bind(distinct.left());
        Term right = binder.bind(distinct.right());
        RexNode same = notDistinct(left, right, distinct.position());
        // One form only, negated where needed: the two operators mean exactly the opposite of each other.
        return new Value(
                distinct.negated() ? same : rex().makeCall(SqlStdOperatorTable.NOT, same), distinct.position());
    }

    private RexNode notDistinct(Term left, Term right, int position) {
        if (left instanceof RowOf l && right instanceof RowOf r) {
            OperatorBinder.requireSameSize(l, r, position);
            List<RexNode> tests = new ArrayList<>();
            for (int i = 0; i < l.fields().size(); i++) {
                tests.add(notDistinct(l.fields().get(i), r.fields().get(i), position));
            }
            return Junctions.and(rex(), tests);
        }
        return binder.operators().compare(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, left, right, position);
    }

    Term between(Expr.Between between) {
        Term value = binder.bind(between.value());
        Term low = binder.bind(between.low());
        Term high = binder.bind(between.high());
        RexNode inside = inside(value, low, high, between.position());
        if (between.symmetric()) {
            inside = Junctions.or(rex(), List.of(inside, inside(value, high, low, between.position())));
        }
        return negatable(inside, between.negated(), between.position());
    }

    private RexNode inside(Term value, Term low, Term high, int position) {
        OperatorBinder operators = binder.operators();
        return Junctions.and(
                rex(),
                List.of(
                        operators.compare(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, value, low, position),
                        operators.compare(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, value, high, position)));
    }

    Term inList(Expr.InList in) {
        Term value = binder.bind(in.value());
        List<Term> list = binder.bind(in.list());
        ColumnType common = commonType(value, list);
        List<RexNode> alternatives = new ArrayList<>();
        if (common == null) {
            for (Term element : list) {
                alternatives.add(binder.compare(SqlStdOperatorTable.EQUALS, value, element, in.position()));
            }
        } else {
            RexNode settled = coercion.to(value, common);
            for (Term element : list) {
                alternatives.add(rex().makeCall(SqlStdOperatorTable.EQUALS, settled, coercion.to(element, common)));
            }
        }
        return negatable(Junctions.or(rex(), alternatives), in.negated(), in.position());
    }

    /** The one type for a list without rows; null when the elements have to be compared one by one. */
    private @Nullable ColumnType commonType(Term value, List<Term> list) {
        List<@Nullable ColumnType> types = new ArrayList<>();
        types.add(value.type());
        for (Term element : list) {
            types.add(element.type());
        }
        boolean rows = value instanceof RowOf || list.stream().anyMatch(element -> element instanceof RowOf);
        if (rows) {
            return null;
        }
        ColumnType common = binder.context().casts().commonType(types);
        return common == null ? null : binder.context().casts().comparisonType(common, common);
    }

    Term inQuery(Expr.InQuery in) {
        Term value = binder.bind(in.value());
        return negatable(new RowQueries(binder).in(value, in.query(), in.position()), in.negated(), in.position());
    }

    private Term negatable(RexNode node, boolean negated, int position) {
        return new Value(negated ? rex().makeCall(SqlStdOperatorTable.NOT, node) : node, position);
    }

    Term like(Expr.Like like) {
        Term value = binder.bind(like.value());
        Term pattern = binder.bind(like.pattern());
        Term escape = like.escape() == null ? null : binder.bind(like.escape());
        RexNode matches = switch (like.kind()) {
            case LIKE ->
                escape == null
                        ? binder.operators().operator("~~", value, pattern, like.position())
                        : textFunction("like", like.position(), value, pattern, escape);
            case ILIKE ->
                escape == null
                        ? binder.operators().operator("~~*", value, pattern, like.position())
                        : textFunction("ilike", like.position(), value, pattern, escape);
            case SIMILAR ->
                escape == null
                        ? textFunction("similar_to", like.position(), value, pattern)
                        : textFunction("similar_to", like.position(), value, pattern, escape);
        };
        return negatable(matches, like.negated(), like.position());
    }

    private RexNode textFunction(String name, int position, Term... arguments) {
        List<Term> terms = Arrays.asList(arguments);
        List<@Nullable ColumnType> types = new ArrayList<>();
        terms.forEach(term -> types.add(term.type()));
        ScalarFunction function = binder.context().functions().resolveFunction(name, types);
        if (function == null) {
            throw CallBinder.unknown(binder.context(), name, types, position);
        }
        return coercion.call(function, coercion.to(terms, function.parameterTypes()));
    }

    Term quantified(Expr.Quantified quantified) {
        Term left = binder.bind(quantified.left());
        SqlOperator comparison = OperatorBinder.comparison(quantified.operator());
        if (quantified.query() != null) {
            return new Value(overQuery(quantified, left, comparison), quantified.position());
        }
        Expr array = quantified.array();
        if (array == null) {
            throw new IllegalStateException("neither query nor array");
        }
        return new Value(overArray(quantified, left, binder.bind(array)), quantified.position());
    }

    private RexNode overQuery(Expr.Quantified quantified, Term left, @Nullable SqlOperator comparison) {
        if (comparison == null || quantified.query() == null) {
            throw BindErrors.unsupported(
                    quantified.position(),
                    quantified.operator() + " with ANY or ALL over a query",
                    "use EXISTS with the condition, or ANY (ARRAY(query))");
        }
        RowQueries queries = new RowQueries(binder);
        if (!quantified.all()) {
            return queries.quantified(left, comparison, quantified.query(), quantified.position());
        }
        // x < ALL (q) says that no row makes x >= it true; NULLs come out right because NOT keeps them.
        return rex().makeCall(
                        SqlStdOperatorTable.NOT,
                        queries.quantified(left, opposite(comparison), quantified.query(), quantified.position()));
    }

    private static SqlOperator opposite(SqlOperator comparison) {
        return switch (comparison.kind) {
            case EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
            case NOT_EQUALS -> SqlStdOperatorTable.EQUALS;
            case LESS_THAN -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
            case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN;
            case GREATER_THAN -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            default -> SqlStdOperatorTable.LESS_THAN;
        };
    }

    private RexNode overArray(Expr.Quantified quantified, Term left, Term array) {
        OperatorBinder.requireNoRow(left, quantified.operator());
        ColumnType arrayType = array.type();
        if (arrayType == null) {
            // A literal or parameter is an array of whatever it is compared with.
            ColumnType element = left.type();
            arrayType = new ArrayType(element == null ? ScalarType.TEXT : Casts.base(element));
        }
        if (!(arrayType instanceof ArrayType ofElements)) {
            throw BindErrors.at(quantified.position(), ErrorCode.WRONG_OBJECT_TYPE, "ANY and ALL need an array")
                    .with("type", arrayType.sqlName());
        }
        return new QuantifiedArrays(binder).bind(quantified, left, array, ofElements);
    }
}
