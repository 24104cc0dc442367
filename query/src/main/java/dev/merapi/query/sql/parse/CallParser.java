package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.SortItem;
import dev.merapi.query.sql.ast.TypeName;
import dev.merapi.query.sql.ast.Window;
import dev.merapi.query.sql.token.Keywords;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls with all their clauses, and the special forms of SQL, which become calls of plain functions. */
final class CallParser {
    /** Special forms whose arguments are just a list. */
    private static final Map<String, String> PLAIN_FORMS = Map.of(
            "coalesce", "coalesce",
            "greatest", "greatest",
            "least", "least",
            "nullif", "nullif",
            "grouping", "grouping",
            "normalize", "normalize");

    private final TokenStream tokens;
    private final Parser parser;

    CallParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** Reads a form with a grammar of its own, if one starts here; null otherwise. */
    @Nullable
    Expr specialForm() {
        Token token = tokens.peek();
        int position = tokens.position(token);
        String plain = PLAIN_FORMS.get(token.text());
        if (plain != null) {
            tokens.next();
            return new Expr.Call(new Name(List.of(plain), position), list(), List.of(), Expr.Modifiers.NONE);
        }
        return switch (token.text()) {
            case "cast" -> cast(position);
            case "extract" -> extract(position);
            case "position" -> position(position);
            case "substring" -> substring(position);
            case "overlay" -> overlay(position);
            case "trim" -> trim(position);
            case "xmlelement", "xmlforest", "xmlparse", "xmlpi", "xmlroot", "xmlconcat", "xmlexists", "xmlserialize" ->
                throw SyntaxErrors.unsupported(token, "XML", "use jsonb");
            default -> null;
        };
    }

    /** Reads the parentheses behind a name, and what may follow them. */
    Expr call(Name name) {
        tokens.expectPunctuation("(");
        boolean star = false;
        boolean distinct = false;
        boolean variadic = false;
        List<Expr> arguments = new ArrayList<>();
        List<@Nullable String> names = new ArrayList<>();
        List<SortItem> orderBy = List.of();
        if (tokens.peek().isOperator("*")) {
            tokens.next();
            star = true;
        } else if (!tokens.isPunctuation(")")) {
            distinct = tokens.acceptWord("distinct");
            if (!distinct) {
                tokens.acceptWord("all");
            }
            do {
                variadic = tokens.acceptWord("variadic");
                names.add(argumentName());
                arguments.add(parser.expressions().expression());
            } while (!variadic && tokens.acceptPunctuation(","));
            orderBy = parser.queries().orderBy();
        }
        tokens.expectPunctuation(")");
        if (names.stream().allMatch(n -> n == null)) {
            names = List.of();
        }
        if (tokens.peek().kind() == Token.Kind.STRING && names.isEmpty() && orderBy.isEmpty() && !star) {
            return parser.types().literalOf(new TypeName(name, numbers(arguments), 0, ""));
        }
        Expr.Modifiers modifiers = suffixes(variadic, star, distinct, orderBy);
        return new Expr.Call(name, arguments, names, modifiers);
    }

    /** {@code name =>} or {@code name :=}; null if the argument has none. */
    private @Nullable String argumentName() {
        Token following = tokens.peek(1);
        if (!following.isPunctuation("=>") && !following.isPunctuation(":=")) {
            return null;
        }
        String name = tokens.anyLabel();
        tokens.next();
        return name;
    }

    private Expr.Modifiers suffixes(boolean variadic, boolean star, boolean distinct, List<SortItem> orderBy) {
        List<SortItem> withinGroup = List.of();
        if (tokens.acceptWords("within", "group")) {
            tokens.expectPunctuation("(");
            withinGroup = parser.queries().orderBy();
            tokens.expectPunctuation(")");
        }
        Expr filter = null;
        if (tokens.isWord("filter") && tokens.peek(1).isPunctuation("(")) {
            tokens.next();
            tokens.next();
            tokens.expectWord("where");
            filter = parser.expressions().expression();
            tokens.expectPunctuation(")");
        }
        boolean ignoreNulls = tokens.acceptWords("ignore", "nulls");
        if (!ignoreNulls) {
            tokens.acceptWords("respect", "nulls");
        }
        Window over = null;
        if (tokens.isWord("over") && overFollows(tokens.peek(1))) {
            tokens.next();
            over = parser.windows().over();
        }
        return new Expr.Modifiers(variadic, star, distinct, orderBy, withinGroup, filter, over, ignoreNulls);
    }

    /** "over" is no reserved word: without this look ahead it could not name a column. */
    private static boolean overFollows(Token token) {
        return token.isPunctuation("(")
                || token.kind() == Token.Kind.QUOTED
                || (token.kind() == Token.Kind.WORD && Keywords.isColumnName(token.text()));
    }

    private List<Expr> list() {
        tokens.expectPunctuation("(");
        List<Expr> arguments = parser.expressions().expressions();
        tokens.expectPunctuation(")");
        return arguments;
    }

    private Expr cast(int position) {
        tokens.next();
        tokens.expectPunctuation("(");
        Expr operand = parser.expressions().expression();
        tokens.expectWord("as");
        Expr result = new Expr.Cast(operand, parser.types().typeName(), position);
        tokens.expectPunctuation(")");
        return result;
    }

    private Expr extract(int position) {
        tokens.next();
        tokens.expectPunctuation("(");
        Token field = tokens.next();
        if (field.kind() != Token.Kind.WORD && field.kind() != Token.Kind.QUOTED && field.kind() != Token.Kind.STRING) {
            throw SyntaxErrors.unexpected(field).hint("expected a field such as year, hour or epoch");
        }
        Expr name = new Expr.StringLiteral(field.text(), tokens.position(field));
        tokens.expectWord("from");
        Expr source = parser.expressions().expression();
        tokens.expectPunctuation(")");
        return Expr.Call.of("extract", position, name, source);
    }

    private Expr position(int position) {
        tokens.next();
        tokens.expectPunctuation("(");
        Expr part = parser.expressions().expression(ExpressionParser.RESTRICTED);
        tokens.expectWord("in");
        Expr whole = parser.expressions().expression(ExpressionParser.RESTRICTED);
        tokens.expectPunctuation(")");
        return Expr.Call.of("position", position, whole, part);
    }

    private Expr substring(int position) {
        tokens.next();
        tokens.expectPunctuation("(");
        List<Expr> arguments = new ArrayList<>();
        arguments.add(parser.expressions().expression());
        Expr from = null;
        Expr length = null;
        if (tokens.acceptWord("similar")) {
            arguments.add(parser.expressions().expression());
            tokens.expectWord("escape");
            arguments.add(parser.expressions().expression());
            tokens.expectPunctuation(")");
            return Expr.Call.of("substring", position, arguments.toArray(Expr[]::new));
        }
        while (tokens.isWord("from") || tokens.isWord("for")) {
            Token word = tokens.next();
            Expr value = parser.expressions().expression();
            boolean first = word.isWord("from") ? from == null : length == null;
            if (!first) {
                throw SyntaxErrors.unexpected(word);
            }
            if (word.isWord("from")) {
                from = value;
            } else {
                length = value;
            }
        }
        if (from != null || length != null) {
            arguments.add(from != null ? from : new Expr.NumberLiteral("1", position));
            if (length != null) {
                arguments.add(length);
            }
        } else {
            while (tokens.acceptPunctuation(",")) {
                arguments.add(parser.expressions().expression());
            }
        }
        tokens.expectPunctuation(")");
        return Expr.Call.of("substring", position, arguments.toArray(Expr[]::new));
    }

    private Expr overlay(int position) {
        tokens.next();
        tokens.expectPunctuation("(");
        List<Expr> arguments = new ArrayList<>();
        arguments.add(parser.expressions().expression());
        if (tokens.acceptWord("placing")) {
            arguments.add(parser.expressions().expression());
            tokens.expectWord("from");
            arguments.add(parser.expressions().expression());
            if (tokens.acceptWord("for")) {
                arguments.add(parser.expressions().expression());
            }
        } else {
            while (tokens.acceptPunctuation(",")) {
                arguments.add(parser.expressions().expression());
            }
        }
        tokens.expectPunctuation(")");
        return Expr.Call.of("overlay", position, arguments.toArray(Expr[]::new));
    }

    /** {@code trim([LEADING|TRAILING|BOTH] [characters] FROM text)} and its looser forms. */
    private Expr trim(int position) {
        tokens.next();
        tokens.expectPunctuation("(");
        String function = tokens.acceptWord("leading") ? "ltrim" : tokens.acceptWord("trailing") ? "rtrim" : both();
        List<Expr> arguments = new ArrayList<>();
        if (tokens.acceptWord("from")) {
            arguments.addAll(parser.expressions().expressions());
        } else {
            Expr first = parser.expressions().expression();
            if (tokens.acceptWord("from")) {
                arguments.addAll(parser.expressions().expressions());
                arguments.add(first);
            } else {
                arguments.add(first);
                while (tokens.acceptPunctuation(",")) {
                    arguments.add(parser.expressions().expression());
                }
            }
        }
        tokens.expectPunctuation(")");
        return Expr.Call.of(function, position, arguments.toArray(Expr[]::new));
    }

    private String both() {
        tokens.acceptWord("both");
        return "btrim";
    }

    /** The arguments of what turned out to be a type with modifiers: {@code numeric(3, 1) '1.5'}. */
    private List<Integer> numbers(List<Expr> arguments) {
        List<Integer> numbers = new ArrayList<>();
        for (Expr argument : arguments) {
            if (!(argument instanceof Expr.NumberLiteral number)) {
                throw SyntaxErrors.unexpected(tokens.peek());
            }
            numbers.add(parser.names().parseInteger(number.text(), tokens.peek()));
        }
        return numbers;
    }
}
