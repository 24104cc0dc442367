package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operators, by climbing PostgreSQL's ladder of precedences. What stands between operators is read by
 * {@link PrimaryParser}.
 */
final class ExpressionParser {
    // The ladder, lowest first. Comparison, LIKE and its kin and IS do not associate: a < b < c is an error.
    static final int ANY = 0;
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int IS = 4;
    private static final int COMPARISON = 5;
    private static final int RANGE = 6;
    private static final int OTHER = 7;
    private static final int ADD = 8;
    private static final int MULTIPLY = 9;
    private static final int POWER = 10;
    private static final int AT = 11;
    private static final int COLLATE = 12;
    private static final int SIGN = 13;

    /** What b_expr of PostgreSQL's grammar is mostly about: AND, OR, IN, LIKE and IS are left to the caller. */
    static final int RESTRICTED = OTHER;

    /** As {@link #RESTRICTED}, for DEFAULT: comparisons and more may follow, but not IS, AND, OR. */
    static final int DEFAULT_VALUE = COMPARISON;

    private final TokenStream tokens;
    private final Parser parser;

    ExpressionParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    Expr expression() {
        return expression(ANY);
    }

    List<Expr> expressions() {
        return tokens.commaList(this::expression);
    }

    /** Reads an expression whose operators all bind at least as tightly as {@code lowest}. */
    Expr expression(int lowest) {
        tokens.enter();
        Expr result = operators(prefixed(), lowest);
        tokens.leave();
        return result;
    }

    private Expr prefixed() {
        Token token = tokens.peek();
        int position = tokens.position(token);
        if (tokens.acceptWord("not")) {
            return new Expr.Not(expression(NOT), position);
        }
        if (token.kind() == Token.Kind.OPERATOR && !token.text().startsWith("?")) {
            tokens.next();
            boolean sign = token.text().equals("-") || token.text().equals("+");
            return new Expr.Unary(token.text(), expression(sign ? SIGN : OTHER + 1), position);
        }
        return parser.primaries().primary();
    }

    /** Reads on behind a first operand that has been read already. */
    Expr operators(Expr first, int lowest) {
        Expr left = first;
        int unassociated = -1; // level of the operator just read, if another of that level may not follow
        while (true) {
            Token token = tokens.peek();
            int level = level(token);
            if (level < 0 || level < lowest) {
                return left;
            }
            if (level == unassociated) {
                throw SyntaxErrors.unexpected(token).hint("comparisons do not chain: use parentheses or AND");
            }
            unassociated = endsInOperand(token) && (level == COMPARISON || level == RANGE || level == IS) ? level : -1;
            left = infix(left, level);
        }
    }

    /** The level of an infix or postfix operator; -1 if the token is none. */
    private int level(Token token) {
        return switch (token.kind()) {
            case WORD -> wordLevel(token);
            case OPERATOR -> symbolLevel(token.text());
            case PUNCTUATION, QUOTED, NUMBER, STRING, BITS, PARAMETER, END -> -1;
        };
    }

    private int wordLevel(Token token) {
        return switch (token.text()) {
            case "or" -> OR;
            case "and" -> AND;
            case "is", "isnull", "notnull" -> IS;
            case "like", "ilike", "between", "in" -> RANGE;
            case "similar" -> tokens.peek(1).isWord("to") ? RANGE : -1;
            case "not" -> negatedRange(tokens.peek(1)) ? RANGE : -1;
            case "overlaps" -> RANGE;
            case "operator" -> tokens.peek(1).isPunctuation("(") ? OTHER : -1;
            case "at" -> atFollows() ? AT : -1;
            case "collate" -> COLLATE;
            default -> -1;
        };
    }

    private boolean atFollows() {
        return tokens.peek(1).isWord("local")
                || (tokens.peek(1).isWord("time") && tokens.peek(2).isWord("zone"));
    }

    private static boolean negatedRange(Token token) {
        return token.isWord("like")
                || token.isWord("ilike")
                || token.isWord("between")
                || token.isWord("in")
                || token.isWord("similar");
    }

    private static int symbolLevel(String symbol) {
        return switch (symbol) {
            case "<", ">", "=", "<=", ">=", "<>" -> COMPARISON;
            case "+", "-" -> ADD;
            case "*", "/", "%" -> MULTIPLY;
            case "^" -> POWER;
            default -> OTHER;
        };
    }

    /** Whether the operator is followed by an operand without a closing bracket: only then chaining is ambiguous. */
    private boolean endsInOperand(Token token) {
        Token second = tokens.peek(1);
        return switch (token.text()) {
            case "isnull", "notnull", "in" -> false;
            case "not" -> !second.isWord("in");
            case "is" ->
                second.isWord("distinct")
                        || (second.isWord("not") && tokens.peek(2).isWord("distinct"));
            default -> true;
        };
    }

    private Expr infix(Expr left, int level) {
        Token token = tokens.next();
        int position = tokens.position(token);
        if (token.kind() == Token.Kind.OPERATOR) {
            return symbol(left, token.text(), level, position);
        }
        return switch (token.text()) {
            case "or", "and" -> junction(left, token, level, position);
            case "is" -> is(left, position);
            case "isnull" -> new Expr.IsTest(left, Expr.IsTest.Test.NULL, false, position);
            case "notnull" -> new Expr.IsTest(left, Expr.IsTest.Test.NULL, true, position);
            case "overlaps" ->
                new Expr.Call(
                        new Name(List.of("overlaps"), position),
                        overlapsArguments(left, expression(RANGE + 1)),
                        List.of(),
                        Expr.Modifiers.NONE);
            case "operator" -> symbol(left, qualifiedOperator(), level, position);
            case "at" -> atTimeZone(left, position);
            case "collate" -> new Expr.Collate(left, parser.names().qualified(), position);
            case "not" -> range(left, tokens.next().text(), true, position);
            default -> range(left, token.text(), false, position);
        };
    }

    private Expr symbol(Expr left, String operator, int level, int position) {
        Token quantifier = tokens.peek();
        boolean all = quantifier.isWord("all");
        if ((all || quantifier.isWord("any") || quantifier.isWord("some"))
                && tokens.peek(1).isPunctuation("(")) {
            tokens.next();
            return quantified(left, operator, all, position);
        }
        // All levels associate to the left (or not at all), so the right operand binds more tightly.
        return new Expr.Binary(operator, left, expression(level + 1), position);
    }

    private Expr quantified(Expr left, String operator, boolean all, int position) {
        Paren paren = parser.primaries().parenthesised();
        return switch (paren) {
            case Paren.OfQuery of -> new Expr.Quantified(left, operator, all, of.query(), null, position);
            case Paren.OfExpressions of
            when of.expressions().size() == 1 ->
                new Expr.Quantified(left, operator, all, null, of.expressions().get(0), position);
            case Paren.OfExpressions of ->
                throw SyntaxErrors.unexpected(tokens.previous())
                        .hint("ANY, SOME and ALL take one array or one sub-query; for a list write IN (…)");
        };
    }

    private Expr junction(Expr left, Token operator, int level, int position) {
        // A chain becomes one flat node, so that a thousand terms are not a thousand levels.
        List<Expr> terms = new ArrayList<>();
        terms.add(left);
        terms.add(expression(level + 1));
        while (tokens.acceptWord(operator.text())) {
            terms.add(expression(level + 1));
        }
        return new Expr.Junction(level == AND, terms, position);
    }

    private Expr is(Expr left, int position) {
        boolean negated = tokens.acceptWord("not");
        if (tokens.acceptWords("distinct", "from")) {
            return new Expr.IsDistinct(left, expression(IS + 1), negated, position);
        }
        Token token = tokens.next();
        if (token.isWord("json")) {
            return isJson(left, negated, position);
        }
        Expr.IsTest.Test test = switch (token.kind() == Token.Kind.WORD ? token.text() : "") {
            case "null" -> Expr.IsTest.Test.NULL;
            case "true" -> Expr.IsTest.Test.TRUE;
            case "false" -> Expr.IsTest.Test.FALSE;
            case "unknown" -> Expr.IsTest.Test.UNKNOWN;
            case "document", "normalized", "nfc", "nfd", "nfkc", "nfkd" ->
                throw SyntaxErrors.unsupported(token, "IS " + token.text(), "test the value in the application");
            default -> throw SyntaxErrors.unexpected(token);
        };
        return new Expr.IsTest(left, test, negated, position);
    }

    /**
     * {@code IS JSON [VALUE | OBJECT | ARRAY | SCALAR]}: a call, inside an operator because it has no name for a
     * column.
     */
    private Expr isJson(Expr left, boolean negated, int position) {
        String kind = "value";
        for (String word : List.of("object", "array", "scalar", "value")) {
            kind = tokens.acceptWord(word) ? word : kind;
        }
        if (tokens.isWord("with") && tokens.peek(1).isWord("unique")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "IS JSON WITH UNIQUE KEYS", "test the value elsewhere");
        }
        if (tokens.acceptWords("without", "unique")) {
            tokens.acceptWord("keys");
        }
        Expr test = Expr.Call.of("merapi_is_json", position, left, new Expr.StringLiteral(kind, position));
        return negated ? new Expr.Not(test, position) : new Expr.Not(new Expr.Not(test, position), position);
    }

    private Expr range(Expr left, String word, boolean negated, int position) {
        return switch (word) {
            case "like" -> like(Expr.Like.Kind.LIKE, left, negated, position);
            case "ilike" -> like(Expr.Like.Kind.ILIKE, left, negated, position);
            case "similar" -> {
                tokens.expectWord("to");
                yield like(Expr.Like.Kind.SIMILAR, left, negated, position);
            }
            case "in" -> in(left, negated, position);
            default -> between(left, negated, position);
        };
    }

    private Expr like(Expr.Like.Kind kind, Expr left, boolean negated, int position) {
        Token quantifier = tokens.peek();
        boolean all = quantifier.isWord("all");
        if ((all || quantifier.isWord("any") || quantifier.isWord("some"))
                && kind != Expr.Like.Kind.SIMILAR
                && tokens.peek(1).isPunctuation("(")) {
            tokens.next();
            String operator = (negated ? "!" : "") + (kind == Expr.Like.Kind.LIKE ? "~~" : "~~*");
            return quantified(left, operator, all, position);
        }
        Expr pattern = expression(RANGE + 1);
        Expr escape = tokens.acceptWord("escape") ? expression(RANGE + 1) : null;
        return new Expr.Like(kind, left, pattern, escape, negated, position);
    }

    private Expr in(Expr left, boolean negated, int position) {
        return switch (parser.primaries().parenthesised()) {
            case Paren.OfQuery of -> new Expr.InQuery(left, of.query(), negated, position);
            case Paren.OfExpressions of -> new Expr.InList(left, of.expressions(), negated, position);
        };
    }

    private Expr between(Expr left, boolean negated, int position) {
        boolean symmetric = tokens.acceptWord("symmetric");
        if (!symmetric) {
            tokens.acceptWord("asymmetric");
        }
        Expr low = expression(RANGE + 1);
        tokens.expectWord("and");
        Expr high = expression(RANGE + 1);
        return new Expr.Between(left, low, high, symmetric, negated, position);
    }

    private Expr atTimeZone(Expr left, int position) {
        if (tokens.acceptWord("local")) {
            return Expr.Call.of("timezone", position, new Expr.StringLiteral("UTC", position), left);
        }
        tokens.expectWord("time");
        tokens.expectWord("zone");
        return Expr.Call.of("timezone", position, expression(AT + 1), left);
    }

    /** {@code OPERATOR(schema.symbol)}. */
    private String qualifiedOperator() {
        tokens.expectPunctuation("(");
        Token schema = tokens.peek();
        if (tokens.peek(1).isPunctuation(".")) {
            if (!schema.isWord("pg_catalog")) {
                throw SyntaxErrors.unsupported(schema, "operators in schemas", "leave the schema away");
            }
            tokens.next();
            tokens.next();
        }
        Token symbol = tokens.next();
        if (symbol.kind() != Token.Kind.OPERATOR) {
            throw SyntaxErrors.unexpected(symbol);
        }
        tokens.expectPunctuation(")");
        return symbol.text();
    }

    private static List<Expr> overlapsArguments(Expr left, Expr right) {
        List<Expr> arguments = new ArrayList<>();
        for (Expr side : List.of(left, right)) {
            if (side instanceof Expr.Row row) {
                arguments.addAll(row.fields());
            } else {
                arguments.add(side);
            }
        }
        return arguments;
    }

    @Nullable
    Expr optional(String word) {
        return tokens.acceptWord(word) ? expression() : null;
    }
}
