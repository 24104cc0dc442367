package dev.merapi.query.sql.bind;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The column names an expression mentions, in the order in which they stand in its tree. Queries inside are
 * not entered.
 */
final class ColumnReferences {
    private final List<Name> found = new ArrayList<>();

    private ColumnReferences() {}

    static List<Name> of(Expr expression) {
        ColumnReferences references = new ColumnReferences();
        references.visit(expression);
        return references.found;
    }

    private void visit(@Nullable Expr expression) {
        if (expression == null) {
            return;
        }
        if (expression instanceof Expr.ColumnRef column) {
            found.add(column.name());
        }
        children(expression).forEach(this::visit);
    }

    private static Stream<? extends @Nullable Expr> children(Expr expression) {
        return switch (expression) {
            case Expr.NumberLiteral leaf -> Stream.empty();
            case Expr.StringLiteral leaf -> Stream.empty();
            case Expr.BitLiteral leaf -> Stream.empty();
            case Expr.BooleanLiteral leaf -> Stream.empty();
            case Expr.NullLiteral leaf -> Stream.empty();
            case Expr.Parameter leaf -> Stream.empty();
            case Expr.ColumnRef leaf -> Stream.empty();
            case Expr.Star leaf -> Stream.empty();
            case Expr.Default leaf -> Stream.empty();
            case Expr.Exists query -> Stream.empty();
            case Expr.ScalarQuery query -> Stream.empty();
            case Expr.ArrayQuery query -> Stream.empty();
            case Expr.Unary unary -> Stream.of(unary.operand());
            case Expr.Binary binary -> Stream.of(binary.left(), binary.right());
            case Expr.Junction junction -> junction.terms().stream();
            case Expr.Not not -> Stream.of(not.operand());
            case Expr.IsTest test -> Stream.of(test.operand());
            case Expr.IsDistinct distinct -> Stream.of(distinct.left(), distinct.right());
            case Expr.Between between -> Stream.of(between.value(), between.low(), between.high());
            case Expr.InList in -> Stream.concat(Stream.of(in.value()), in.list().stream());
            case Expr.InQuery in -> Stream.of(in.value());
            case Expr.Like like -> Stream.of(like.value(), like.pattern(), like.escape());
            case Expr.Quantified quantified -> Stream.of(quantified.left(), quantified.array());
            case Expr.Case cases -> ofCase(cases);
            case Expr.Row row -> row.fields().stream();
            case Expr.ArrayLiteral array -> array.elements().stream();
            case Expr.Subscript subscript ->
                Stream.concat(
                        Stream.of(subscript.base()),
                        subscript.indexes().stream().flatMap(index -> Stream.of(index.lower(), index.upper())));
            case Expr.Field field -> Stream.of(field.base());
            case Expr.FieldStar field -> Stream.of(field.base());
            case Expr.Cast cast -> Stream.of(cast.operand());
            case Expr.Collate collate -> Stream.of(collate.operand());
            case Expr.Call call -> call.arguments().stream();
        };
    }

    private static Stream<? extends @Nullable Expr> ofCase(Expr.Case cases) {
        List<@Nullable Expr> parts = new ArrayList<>();
        parts.add(cases.operand());
        cases.whens().forEach(when -> {
            parts.add(when.condition());
            parts.add(when.result());
        });
        parts.add(cases.otherwise());
        return parts.stream();
    }
}
