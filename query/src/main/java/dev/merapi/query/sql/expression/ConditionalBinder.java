package dev.merapi.query.sql.expression;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.Constants;
import dev.merapi.query.expr.RelTypes;
import dev.merapi.query.expr.ScalarFunction;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.expression.Term.Value;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** CASE, COALESCE, NULLIF, GREATEST and LEAST: their parts meet in one type, and not all of them are evaluated. */
final class ConditionalBinder {
    private final ExpressionBinder binder;
    private final Coercion coercion;

    ConditionalBinder(ExpressionBinder binder) {
        this.binder = binder;
        this.coercion = binder.coercion();
    }

    private RexBuilder rex() {
        return binder.context().rex();
    }

    Term caseOf(Expr.Case cases) {
        Term operand = cases.operand() == null ? null : binder.bind(cases.operand());
        List<RexNode> conditions = new ArrayList<>();
        List<Term> results = new ArrayList<>();
        for (Expr.Case.When when : cases.whens()) {
            conditions.add(condition(operand, when.condition()));
            results.add(binder.bind(when.result()));
        }
        Expr otherwise = cases.otherwise();
        results.add(otherwise == null ? new Term.UnknownNull(cases.position()) : binder.bind(otherwise));
        ColumnType type = coercion.common(results, "CASE");
        List<RexNode> operands = new ArrayList<>();
        boolean nullable = false;
        for (int i = 0; i < results.size(); i++) {
            if (i < conditions.size()) {
                operands.add(conditions.get(i));
            }
            RexNode result = coercion.to(results.get(i), type);
            nullable |= result.getType().isNullable();
            operands.add(result);
        }
        return new Value(rex().makeCall(of(type, nullable), SqlStdOperatorTable.CASE, operands), cases.position());
    }

    private RexNode condition(@Nullable Term operand, Expr when) {
        return operand == null
                ? binder.condition(when, "CASE WHEN")
                : binder.operators().compare(SqlStdOperatorTable.EQUALS, operand, binder.bind(when), when.position());
    }

    /** The call as one of these forms; null if it is none. */
    @Nullable
    Term special(Expr.Call call) {
        if (!call.name().isSimple()) {
            return null;
        }
        return switch (call.name().last()) {
            case "coalesce" -> coalesce(call);
            case "nullif" -> nullIf(call);
            case "greatest", "least" -> extreme(call);
            default -> null;
        };
    }

    private Term coalesce(Expr.Call call) {
        List<Term> terms = binder.bind(call.arguments());
        ColumnType type = coercion.common(terms, "COALESCE");
        List<RexNode> operands = new ArrayList<>();
        boolean nullable = true;
        for (Term term : terms) {
            RexNode operand = coercion.to(term, type);
            nullable &= operand.getType().isNullable();
            operands.add(operand);
        }
        RexNode node = operands.size() == 1
                ? operands.get(0)
                : rex().makeCall(of(type, nullable), SqlStdOperatorTable.COALESCE, operands);
        return new Value(node, call.position());
    }

    private Term nullIf(Expr.Call call) {
        if (call.arguments().size() != 2) {
            throw BindErrors.at(call.position(), ErrorCode.SYNTAX_ERROR, "NULLIF takes two arguments");
        }
        Term first = binder.bind(call.arguments().get(0));
        Term second = binder.bind(call.arguments().get(1));
        RexNode equal = binder.operators().compare(SqlStdOperatorTable.EQUALS, first, second, call.position());
        // The value has the type in which it was compared: nullif(1, 1.0) is numeric.
        ColumnType compared = binder.context().casts().comparisonType(first.type(), second.type());
        RexNode value = compared == null ? coercion.settled(first) : coercion.to(first, compared);
        ColumnType type = RelTypes.columnType(value.getType());
        return new Value(
                rex().makeCall(
                                of(type, true),
                                SqlStdOperatorTable.CASE,
                                List.of(equal, Constants.of(rex(), type, null), value)),
                call.position());
    }

    /** GREATEST and LEAST are functions, but their arguments meet in one type like those of COALESCE. */
    private Term extreme(Expr.Call call) {
        List<Term> terms = binder.bind(call.arguments());
        ColumnType type = coercion.common(terms, call.name().last());
        List<RexNode> operands = new ArrayList<>();
        List<ColumnType> types = new ArrayList<>();
        for (Term term : terms) {
            operands.add(coercion.to(term, type));
            types.add(type);
        }
        ScalarFunction function =
                binder.context().functions().resolveFunction(call.name().last(), types);
        if (function == null) {
            throw CallBinder.unknown(binder.context(), call.name().last(), types, call.position());
        }
        return new Value(coercion.call(function, operands), call.position());
    }

    private static RelDataType of(ColumnType type, boolean nullable) {
        return RelTypes.standard().of(type, nullable);
    }
}
