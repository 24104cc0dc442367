package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.TypeName;
import dev.merapi.query.sql.token.Keywords;
import dev.merapi.query.sql.token.SqlLimits;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Operands: literals, names, parentheses, CASE, arrays, sub-queries, with subscripts and casts behind them. */
final class PrimaryParser {
    /** Words that stand for a call without parentheses. */
    private static final Set<String> VALUE_WORDS = Set.of(
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "current_user",
            "session_user",
            "user",
            "current_role",
            "current_catalog",
            "current_schema");

    private final TokenStream tokens;
    private final Parser parser;

    PrimaryParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** An operand with whatever binds to it more tightly than any operator. */
    Expr primary() {
        return suffixes(operand());
    }

    private Expr suffixes(Expr operand) {
        Expr result = operand;
        int count = 0;
        while (true) {
            Token token = tokens.peek();
            if (token.isPunctuation("[")) {
                result = subscript(result);
            } else if (token.isPunctuation(".")) {
                tokens.next();
                result = tokens.peek().isOperator("*")
                        ? new Expr.FieldStar(result, tokens.position(tokens.next()))
                        : new Expr.Field(result, tokens.anyLabel(), tokens.position(token));
            } else if (token.isPunctuation("::")) {
                tokens.next();
                result = new Expr.Cast(result, parser.types().typeName(), tokens.position(token));
            } else {
                return result;
            }
            if (++count > SqlLimits.NESTING) {
                tokens.enter(); // a chain of casts nests just like parentheses
            }
        }
    }

    private Expr operand() {
        Token token = tokens.peek();
        int position = tokens.position(token);
        return switch (token.kind()) {
            case NUMBER -> new Expr.NumberLiteral(tokens.next().text(), position);
            case STRING -> new Expr.StringLiteral(tokens.next().text(), position);
            case BITS -> new Expr.BitLiteral(tokens.next().text(), position);
            case PARAMETER -> new Expr.Parameter(tokens.parameter(tokens.next()), position);
            case OPERATOR -> {
                if (!token.text().equals("?")) {
                    throw SyntaxErrors.unexpected(token);
                }
                yield new Expr.Parameter(tokens.parameter(tokens.next()), position);
            }
            case PUNCTUATION -> {
                if (!token.isPunctuation("(")) {
                    throw SyntaxErrors.unexpected(token);
                }
                yield inParentheses(position);
            }
            case QUOTED -> named();
            case WORD -> word(token, position);
            case END -> throw SyntaxErrors.unexpected(token);
        };
    }

    private Expr word(Token token, int position) {
        switch (token.text()) {
            case "true", "false" -> {
                tokens.next();
                return new Expr.BooleanLiteral(token.text().equals("true"), position);
            }
            case "null" -> {
                tokens.next();
                return new Expr.NullLiteral(position);
            }
            case "default" -> {
                tokens.next();
                return new Expr.Default(position);
            }
            case "case" -> {
                return caseExpression(position);
            }
            case "array" -> {
                return array(position);
            }
            case "row" -> {
                if (tokens.peek(1).isPunctuation("(")) {
                    return row(position);
                }
            }
            case "exists" -> {
                if (tokens.peek(1).isPunctuation("(")) {
                    tokens.next();
                    return new Expr.Exists(query(), position);
                }
            }
            default -> {
                if (VALUE_WORDS.contains(token.text()) && !tokens.peek(1).isPunctuation(".")) {
                    return valueWord(token, position);
                }
            }
        }
        Expr typed = parser.types().typedLiteral();
        return typed != null ? typed : named();
    }

    /** {@code current_date}, {@code current_timestamp(3)}: calls of functions of that name. */
    private Expr valueWord(Token token, int position) {
        tokens.next();
        String name = token.text().equals("user") ? "current_user" : token.text();
        if (!tokens.isPunctuation("(")) {
            return Expr.Call.of(name, position);
        }
        tokens.next();
        if (tokens.acceptPunctuation(")")) {
            return Expr.Call.of(name, position);
        }
        Token digits = tokens.peek();
        int precision = parser.names().parseInteger(parser.names().integer(), digits);
        tokens.expectPunctuation(")");
        Name type = new Name(List.of(timeType(name, token)), position);
        return new Expr.Cast(Expr.Call.of(name, position), new TypeName(type, List.of(precision), 0, ""), position);
    }

    /** The type of a present moment, whose fraction of a second can be cut to so many digits. */
    private static String timeType(String name, Token token) {
        return switch (name) {
            case "current_timestamp" -> "timestamptz";
            case "localtimestamp" -> "timestamp";
            case "current_time", "localtime" -> "time";
            default -> throw SyntaxErrors.unexpected(token);
        };
    }

    /** A column, a call, or a text literal with a type in front. */
    private Expr named() {
        Token first = tokens.peek();
        int position = tokens.position(first);
        if (first.kind() == Token.Kind.WORD && tokens.peek(1).isPunctuation("(")) {
            Expr special = parser.calls().specialForm();
            if (special != null) {
                return special;
            }
        }
        boolean call = tokens.peek(1).isPunctuation("(");
        if (first.kind() == Token.Kind.WORD && !(call ? Keywords.isFunctionName(first.text()) : isNameWord(first))) {
            throw tokens.notAName();
        }
        List<String> parts = new ArrayList<>();
        parts.add(tokens.next().text());
        while (tokens.isPunctuation(".")) {
            if (tokens.peek(1).isOperator("*")) {
                tokens.next();
                tokens.next();
                return new Expr.Star(new Name(parts, position));
            }
            tokens.next();
            parts.add(tokens.anyLabel());
        }
        Name name = new Name(parts, position);
        if (tokens.isPunctuation("(")) {
            return parser.calls().call(name);
        }
        if (tokens.peek().kind() == Token.Kind.STRING
                && (parts.size() == 1 || name.parts().get(0).equals("pg_catalog"))) {
            return parser.types().literalOf(new TypeName(name, List.of(), 0, ""));
        }
        return new Expr.ColumnRef(name);
    }

    private boolean isNameWord(Token token) {
        return Keywords.isColumnName(token.text())
                || (Keywords.isFunctionName(token.text()) && tokens.peek(1).kind() == Token.Kind.STRING)
                || (tokens.peek(1).isPunctuation(".") && !Keywords.isReserved(token.text()));
    }

    private Expr inParentheses(int position) {
        return switch (parenthesised()) {
            case Paren.OfQuery of -> new Expr.ScalarQuery(of.query(), position);
            case Paren.OfExpressions of
            when of.expressions().size() == 1 -> of.expressions().get(0);
            case Paren.OfExpressions of -> new Expr.Row(of.expressions(), position);
        };
    }

    /**
     * Reads parentheses without knowing what is in them. Nested ones are decided from inside out, so nothing is read
     * twice: {@code ((SELECT 1) + 1)} is an expression, {@code ((SELECT 1) UNION SELECT 2)} a query.
     */
    Paren parenthesised() {
        tokens.enter();
        tokens.expectPunctuation("(");
        Paren result;
        if (parser.queries().startsQuery(tokens.peek())) {
            result = new Paren.OfQuery(parser.queries().query());
        } else if (tokens.isPunctuation("(")) {
            result = afterInner(parenthesised(), tokens.position());
        } else {
            result = new Paren.OfExpressions(parser.expressions().expressions());
        }
        tokens.expectPunctuation(")");
        tokens.leave();
        return result;
    }

    private Paren afterInner(Paren inner, int position) {
        if (inner instanceof Paren.OfQuery of) {
            if (tokens.isPunctuation(")")) {
                return inner;
            }
            if (parser.queries().continuesQuery(tokens.peek())) {
                return new Paren.OfQuery(parser.queries().queryAfter(new Query.Nested(of.query())));
            }
        }
        Expr first = switch (inner) {
            case Paren.OfQuery of -> new Expr.ScalarQuery(of.query(), position);
            case Paren.OfExpressions of
            when of.expressions().size() == 1 -> of.expressions().get(0);
            case Paren.OfExpressions of -> new Expr.Row(of.expressions(), position);
        };
        List<Expr> list = new ArrayList<>();
        list.add(parser.expressions().operators(suffixes(first), ExpressionParser.ANY));
        while (tokens.acceptPunctuation(",")) {
            list.add(parser.expressions().expression());
        }
        return new Paren.OfExpressions(list);
    }

    /** A query in parentheses, and nothing else. */
    Query query() {
        Token first = tokens.peek();
        return switch (parenthesised()) {
            case Paren.OfQuery of -> of.query();
            case Paren.OfExpressions of -> throw SyntaxErrors.unexpected(first).hint("expected a query in parentheses");
        };
    }

    private Expr row(int position) {
        tokens.next();
        tokens.expectPunctuation("(");
        List<Expr> fields =
                tokens.isPunctuation(")") ? List.of() : parser.expressions().expressions();
        tokens.expectPunctuation(")");
        return new Expr.Row(fields, position);
    }

    private Expr caseExpression(int position) {
        tokens.next();
        Expr operand = tokens.isWord("when") ? null : parser.expressions().expression();
        List<Expr.Case.When> whens = new ArrayList<>();
        while (tokens.acceptWord("when")) {
            Expr condition = parser.expressions().expression();
            tokens.expectWord("then");
            whens.add(new Expr.Case.When(condition, parser.expressions().expression()));
        }
        if (whens.isEmpty()) {
            throw SyntaxErrors.unexpected(tokens.peek()).hint("expected WHEN");
        }
        Expr otherwise = parser.expressions().optional("else");
        tokens.expectWord("end");
        return new Expr.Case(operand, whens, otherwise, position);
    }

    private Expr array(int position) {
        tokens.next();
        if (tokens.isPunctuation("(")) {
            return new Expr.ArrayQuery(query(), position);
        }
        return arrayElements(position);
    }

    private Expr arrayElements(int position) {
        tokens.enter();
        tokens.expectPunctuation("[");
        List<Expr> elements = new ArrayList<>();
        if (!tokens.isPunctuation("]")) {
            elements.addAll(tokens.commaList(this::arrayElement));
        }
        tokens.expectPunctuation("]");
        tokens.leave();
        return new Expr.ArrayLiteral(elements, position);
    }

    private Expr arrayElement() {
        return tokens.isPunctuation("[")
                ? arrayElements(tokens.position())
                : parser.expressions().expression();
    }

    private Expr subscript(Expr base) {
        int position = tokens.position();
        List<Expr.Subscript.Index> indexes = new ArrayList<>();
        while (tokens.acceptPunctuation("[")) {
            indexes.add(index());
            tokens.expectPunctuation("]");
        }
        return new Expr.Subscript(base, indexes, position);
    }

    private Expr.Subscript.Index index() {
        Expr lower = tokens.isPunctuation(":") ? null : parser.expressions().expression();
        if (!tokens.acceptPunctuation(":")) {
            return new Expr.Subscript.Index(lower, null, false);
        }
        Expr upper = tokens.isPunctuation("]") ? null : parser.expressions().expression();
        return new Expr.Subscript.Index(lower, upper, true);
    }
}
