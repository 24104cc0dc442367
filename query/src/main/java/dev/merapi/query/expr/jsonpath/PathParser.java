package dev.merapi.query.expr.jsonpath;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.expr.jsonpath.PathNode.Condition;
import dev.merapi.query.expr.jsonpath.PathScanner.Kind;
import dev.merapi.query.expr.jsonpath.PathScanner.Token;
import dev.merapi.query.expr.pattern.Regex;
import dev.merapi.query.expr.pattern.RegexFlags;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.JsonTree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses paths by precedence: or, and, not, comparison, sum, product, sign, accessors. */
final class PathParser {
    /** Nesting that parser and evaluator descend into. */
    private static final int MAX_DEPTH = 200;

    /** Largest depth of {@code .**}, for one without bounds. */
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<>", "<", "<=", ">", ">=");
    private static final Set<String> METHODS = Set.of(
            "type",
            "size",
            "double",
            "ceiling",
            "floor",
            "abs",
            "keyvalue",
            "bigint",
            "integer",
            "number",
            "decimal",
            "boolean",
            "string");

    private final String source;
    private final List<Token> tokens;
    private int at;
    private int depth;

    private PathParser(String source) {
        this.source = source;
        this.tokens = PathScanner.scan(source);
    }

    static JsonPath parse(String source) {
        PathParser parser = new PathParser(source);
        boolean strict = parser.peek().isWord("strict");
        if (strict || parser.peek().isWord("lax")) {
            parser.at++;
        }
        PathNode node = parser.or();
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected();
        }
        return new JsonPath(node, strict);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private boolean accept(String symbol) {
        if (!peek().is(symbol)) {
            return false;
        }
        at++;
        return true;
    }

    private boolean acceptWord(String word) {
        if (!peek().isWord(word)) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(String symbol) {
        if (!accept(symbol)) {
            throw unexpected();
        }
    }

    private CodedException unexpected() {
        Token token = peek();
        String found = token.kind() == Kind.END ? "the end" : "\"" + token.text() + "\"";
        return PathScanner.syntaxError(source, token.position(), "syntax error at " + found);
    }

    private PathNode or() {
        PathNode left = and();
        while (accept("||")) {
            left = new PathNode.Or(condition(left), condition(and()));
        }
        return left;
    }

    private PathNode and() {
        PathNode left = not();
        while (accept("&&")) {
            left = new PathNode.And(condition(left), condition(not()));
        }
        return left;
    }

    private Condition condition(PathNode node) {
        if (node instanceof Condition condition) {
            return condition;
        }
        throw PathScanner.syntaxError(source, peek().position(), "a condition is wanted here");
    }

    private PathNode not() {
        return accept("!") ? new PathNode.Not(condition(not())) : comparison();
    }

    private PathNode comparison() {
        PathNode left = sum();
        Token token = peek();
        if (token.kind() == Kind.SYMBOL && COMPARISONS.contains(token.text())) {
            at++;
            return new PathNode.Comparison(token.text().equals("<>") ? "!=" : token.text(), left, sum());
        }
        if (acceptWord("starts")) {
            if (!acceptWord("with")) {
                throw unexpected();
            }
            return new PathNode.StartsWith(left, sign());
        }
        if (acceptWord("like_regex")) {
            return likeRegex(left);
        }
        return left;
    }

    private PathNode likeRegex(PathNode left) {
        String pattern = string();
        RegexFlags flags = RegexFlags.NONE;
        if (acceptWord("flag")) {
            // Flag s lets the point match newlines, which ours does unless told otherwise.
            String letters = string().replace("s", "");
            flags = RegexFlags.NONE.and(letters.replace("m", "w"));
        }
        return new PathNode.LikeRegex(left, Regex.of(pattern, flags));
    }

    private String string() {
        Token token = peek();
        if (token.kind() != Kind.STRING) {
            throw unexpected();
        }
        at++;
        return token.text();
    }

    private PathNode sum() {
        PathNode left = product();
        while (peek().is("+") || peek().is("-")) {
            char operator = tokens.get(at++).text().charAt(0);
            left = new PathNode.Arithmetic(operator, left, product());
        }
        return left;
    }

    private PathNode product() {
        PathNode left = sign();
        while (peek().is("*") || peek().is("/") || peek().is("%")) {
            char operator = tokens.get(at++).text().charAt(0);
            left = new PathNode.Arithmetic(operator, left, sign());
        }
        return left;
    }

    private PathNode sign() {
        if (++depth > MAX_DEPTH) {
            throw Errors.limit("JSON path is nested too deeply", MAX_DEPTH);
        }
        PathNode node = peek().is("+") || peek().is("-")
                ? new PathNode.Sign(tokens.get(at++).is("-"), sign())
                : accessors(primary());
        depth--;
        return node;
    }

    private PathNode primary() {
        Token token = peek();
        at++;
        switch (token.kind()) {
            case STRING -> {
                return new PathNode.Literal(new JsonTree.Text(token.text()));
            }
            case NUMBER -> {
                return new PathNode.Literal(new JsonTree.Num(new BigDecimal(token.text())));
            }
            case VARIABLE -> {
                return new PathNode.Variable(token.text());
            }
            case NAME -> {
                return word(token);
            }
            case SYMBOL -> {
                if (token.is("$")) {
                    return new PathNode.Root();
                }
                if (token.is("@")) {
                    return new PathNode.Current();
                }
                if (token.is("(")) {
                    return parenthesized();
                }
            }
            case END -> {
                // nothing starts here
            }
        }
        at--;
        throw unexpected();
    }

    private PathNode parenthesized() {
        PathNode inner = or();
        expect(")");
        if (peek().isWord("is")) {
            at++;
            if (!acceptWord("unknown")) {
                throw unexpected();
            }
            return new PathNode.IsUnknown(condition(inner));
        }
        return inner;
    }

    private PathNode word(Token token) {
        return switch (token.text()) {
            case "true" -> new PathNode.Literal(new JsonTree.Bool(true));
            case "false" -> new PathNode.Literal(new JsonTree.Bool(false));
            case "null" -> new PathNode.Literal(JsonTree.Null.INSTANCE);
            case "last" -> new PathNode.Last();
            case "exists" -> {
                expect("(");
                PathNode path = or();
                expect(")");
                yield new PathNode.Exists(path);
            }
            default -> {
                at--;
                throw unexpected();
            }
        };
    }

    private PathNode accessors(PathNode base) {
        PathNode node = base;
        while (true) {
            if (accept(".")) {
                node = member(node);
            } else if (accept("[")) {
                node = subscript(node);
            } else if (accept("?")) {
                expect("(");
                node = new PathNode.Filter(node, condition(or()));
                expect(")");
            } else {
                return node;
            }
        }
    }

    private PathNode member(PathNode base) {
        if (accept("*")) {
            return new PathNode.Member(base, null);
        }
        if (accept("**")) {
            return descendants(base);
        }
        Token token = peek();
        if (token.kind() != Kind.NAME && token.kind() != Kind.STRING) {
            throw unexpected();
        }
        at++;
        if (token.kind() == Kind.NAME && peek().is("(")) {
            at++;
            expect(")");
            if (!METHODS.contains(token.text())) {
                throw Errors.unsupported("method of JSON paths", token.text());
            }
            return new PathNode.Method(base, token.text());
        }
        return new PathNode.Member(base, token.text());
    }

    private PathNode descendants(PathNode base) {
        if (!accept("{")) {
            return new PathNode.Descendants(base, 0, UNBOUNDED);
        }
        int from = level();
        int to = from;
        if (acceptWord("to")) {
            to = level();
        }
        expect("}");
        return new PathNode.Descendants(base, from, to);
    }

    private int level() {
        if (acceptWord("last")) {
            return UNBOUNDED;
        }
        Token token = peek();
        if (token.kind() != Kind.NUMBER
                || token.text().length() > 6
                || token.text().contains(".")) {
            throw unexpected();
        }
        at++;
        return Integer.parseInt(token.text());
    }

    private PathNode subscript(PathNode base) {
        if (accept("*")) {
            expect("]");
            return new PathNode.Elements(base, List.of());
        }
        List<PathNode.Range> ranges = new ArrayList<>();
        do {
            PathNode from = sum();
            ranges.add(new PathNode.Range(from, acceptWord("to") ? sum() : null));
        } while (accept(","));
        expect("]");
        return new PathNode.Elements(base, ranges);
    }
}
