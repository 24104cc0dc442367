package dev.merapi.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression as written: structure and places, no meaning. Each knows its position, an offset in the statement text
 * counted from 0; for an operator it is the operator's.
 */
public sealed interface Expr {
    int position();

    /** Digits as written, a sign included only when the grammar made it part of the number. */
    record NumberLiteral(String text, int position) implements Expr {}

    /** A text in quotes, escapes resolved. It has no type yet. */
    record StringLiteral(String value, int position) implements Expr {}

    /** {@code B'101'} or {@code X'1F'}. */
    record BitLiteral(String text, int position) implements Expr {}

    record BooleanLiteral(boolean value, int position) implements Expr {}

    record NullLiteral(int position) implements Expr {}

    /** {@code $n}, or the n-th {@code ?}; counted from 1. */
    record Parameter(int number, int position) implements Expr {}

    /** {@code a}, {@code t.a}, {@code s.t.a}. */
    record ColumnRef(Name name) implements Expr {
        @Override
        public int position() {
            return name.position();
        }
    }

    /** {@code *}, {@code t.*}, {@code s.t.*}; the qualifier has no parts for a bare star. */
    record Star(Name qualifier) implements Expr {
        @Override
        public int position() {
            return qualifier.position();
        }
    }

    record Unary(String operator, Expr operand, int position) implements Expr {}

    record Binary(String operator, Expr left, Expr right, int position) implements Expr {}

    /** AND or OR over two or more terms. */
    record Junction(boolean conjunction, List<Expr> terms, int position) implements Expr {}

    record Not(Expr operand, int position) implements Expr {}

    /** {@code IS [NOT] NULL | TRUE | FALSE | UNKNOWN}. */
    record IsTest(Expr operand, Test test, boolean negated, int position) implements Expr {
        /** What is asked. */
        public enum Test {
            NULL,
            TRUE,
            FALSE,
            UNKNOWN
        }
    }

    /** {@code IS [NOT] DISTINCT FROM}. */
    record IsDistinct(Expr left, Expr right, boolean negated, int position) implements Expr {}

    record Between(Expr value, Expr low, Expr high, boolean symmetric, boolean negated, int position) implements Expr {}

    record InList(Expr value, List<Expr> list, boolean negated, int position) implements Expr {}

    record InQuery(Expr value, Query query, boolean negated, int position) implements Expr {}

    /** LIKE, ILIKE or SIMILAR TO. */
    record Like(
            Kind kind, Expr value, Expr pattern, @Nullable Expr escape, boolean negated, int position) implements Expr {
        /** Which language the pattern is in. */
        public enum Kind {
            LIKE,
            ILIKE,
            SIMILAR
        }
    }

    /** {@code left operator ANY|ALL (query)} or {@code (array)}: one of the two is null. */
    record Quantified(
            Expr left,
            String operator,
            boolean all,
            @Nullable Query query,
            @Nullable Expr array,
            int position) implements Expr {}

    /** CASE; a null operand means the searched form. */
    record Case(
            @Nullable Expr operand,
            List<When> whens,
            @Nullable Expr otherwise,
            int position) implements Expr {
        /** WHEN … THEN …. */
        public record When(Expr condition, Expr result) {}
    }

    /** {@code ROW(…)} or {@code (a, b)}. */
    record Row(List<Expr> fields, int position) implements Expr {}

    /** {@code ARRAY[…]}; the elements of a nested one are array literals. */
    record ArrayLiteral(List<Expr> elements, int position) implements Expr {}

    /** {@code base[1]}, {@code base[1:2][3]}. */
    record Subscript(Expr base, List<Index> indexes, int position) implements Expr {
        /** One pair of brackets; without {@code slice} only {@code lower} is there. */
        public record Index(@Nullable Expr lower, @Nullable Expr upper, boolean slice) {}
    }

    /** {@code (base).field}. */
    record Field(Expr base, String field, int position) implements Expr {}

    /** {@code (base).*}. */
    record FieldStar(Expr base, int position) implements Expr {}

    record Exists(Query query, int position) implements Expr {}

    /** A query in parentheses that stands for one value. */
    record ScalarQuery(Query query, int position) implements Expr {}

    record ArrayQuery(Query query, int position) implements Expr {}

    record Cast(Expr operand, TypeName type, int position) implements Expr {}

    record Collate(Expr operand, Name collation, int position) implements Expr {}

    /** DEFAULT in the place of a value; only INSERT and UPDATE know what to do with it. */
    record Default(int position) implements Expr {}

    /** A call of a function, aggregate or window function; also of the special forms that PostgreSQL makes calls of. */
    record Call(Name name, List<Expr> arguments, List<@Nullable String> argumentNames, Modifiers modifiers)
            implements Expr {
        /** A plain call. */
        public static Call of(String name, int position, Expr... arguments) {
            return new Call(new Name(List.of(name), position), List.of(arguments), List.of(), Modifiers.NONE);
        }

        @Override
        public int position() {
            return name.position();
        }
    }

    /** What may stand in and after the parentheses of a call besides arguments. */
    record Modifiers(
            boolean variadic,
            boolean star,
            boolean distinct,
            List<SortItem> orderBy,
            List<SortItem> withinGroup,
            @Nullable Expr filter,
            @Nullable Window over,
            boolean ignoreNulls) {
        public static final Modifiers NONE =
                new Modifiers(false, false, false, List.of(), List.of(), null, null, false);
    }
}
