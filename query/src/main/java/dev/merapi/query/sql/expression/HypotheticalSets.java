package dev.merapi.query.sql.expression;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.SortItem;
import dev.merapi.query.sql.scope.BindErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code rank(v) WITHIN GROUP (ORDER BY x)} and its kin: where a row that is not there would stand. What the aggregate
 * has to know of each row is only whether it sorts before that row, beside it or behind it, so this is what it is
 * given: -1, 0 or 1, and for dense_rank the value itself.
 */
final class HypotheticalSets {
    private static final Set<String> NAMES = Set.of("rank", "dense_rank", "percent_rank", "cume_dist");

    private HypotheticalSets() {}

    static boolean isOne(Expr.Call call, String name) {
        return NAMES.contains(name) && !call.modifiers().withinGroup().isEmpty();
    }

    /** The call of the aggregate that counts the rows by their places. */
    static Expr.Call counting(Expr.Call call, String name) {
        List<SortItem> order = call.modifiers().withinGroup();
        int position = call.position();
        if (order.size() != call.arguments().size()) {
            throw BindErrors.at(position, ErrorCode.UNKNOWN_FUNCTION, "function takes as many values as it sorts by")
                    .with("function", name)
                    .with("values", call.arguments().size())
                    .with("sorts by", order.size());
        }
        if (name.equals("dense_rank") && order.size() > 1) {
            throw BindErrors.unsupported(
                    position, "dense_rank of several columns WITHIN GROUP", "count the distinct rows before it");
        }
        List<Expr.Case.When> whens = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            Expr row = order.get(i).expression();
            Expr value = call.arguments().get(i);
            whens.add(new Expr.Case.When(before(row, value, order.get(i), position), number(-1, position)));
            whens.add(new Expr.Case.When(before(value, row, order.get(i), position), number(1, position)));
        }
        List<Expr> arguments = new ArrayList<>();
        arguments.add(new Expr.Case(null, whens, number(0, position), position));
        if (name.equals("dense_rank")) {
            arguments.add(order.get(0).expression());
        }
        Expr.Modifiers given = call.modifiers();
        Expr.Modifiers modifiers = new Expr.Modifiers(
                false, given.star(), given.distinct(), given.orderBy(), List.of(), given.filter(), null, false);
        return new Expr.Call(new Name(List.of("merapi_" + name), position), arguments, List.of(), modifiers);
    }

    /** Whether one value sorts before another. */
    private static Expr before(Expr left, Expr right, SortItem item, int position) {
        Expr smaller = new Expr.Binary(item.descending() ? ">" : "<", left, right, position);
        Expr first = item.nullsFirst() ? left : right;
        Expr second = item.nullsFirst() ? right : left;
        Expr byNull = new Expr.Junction(
                true, List.of(isNull(first, false, position), isNull(second, true, position)), position);
        return new Expr.Junction(false, List.of(smaller, byNull), position);
    }

    private static Expr isNull(Expr operand, boolean negated, int position) {
        return new Expr.IsTest(operand, Expr.IsTest.Test.NULL, negated, position);
    }

    private static Expr number(int value, int position) {
        return new Expr.NumberLiteral(Integer.toString(value), position);
    }
}
