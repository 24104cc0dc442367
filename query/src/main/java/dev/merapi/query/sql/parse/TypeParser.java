package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.TypeName;
import dev.merapi.query.sql.token.Keywords;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Type names, and literals with a type in front of them. */
final class TypeParser {
    /** Types whose literals need more than {@code name 'text'} or {@code name(3) 'text'}. */
    private static final Set<String> ZONED = Set.of("timestamp", "time");

    private static final Set<String> INTERVAL_FIELDS = Set.of("year", "month", "day", "hour", "minute", "second");

    private final TokenStream tokens;
    private final Parser parser;

    TypeParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** A type with modifiers and brackets. */
    TypeName typeName() {
        boolean set = tokens.acceptWord("setof");
        if (set) {
            throw SyntaxErrors.unsupported(tokens.previous(), "SETOF", "name the type of one value");
        }
        TypeName base = base();
        int dimensions = 0;
        if (tokens.acceptWord("array")) {
            dimensions = 1;
            if (tokens.acceptPunctuation("[")) {
                parser.names().integer();
                tokens.expectPunctuation("]");
            }
        }
        while (tokens.isPunctuation("[")) {
            tokens.next();
            if (!tokens.isPunctuation("]")) {
                parser.names().integer();
            }
            tokens.expectPunctuation("]");
            dimensions++;
        }
        return new TypeName(base.name(), base.modifiers(), dimensions, base.fields());
    }

    private TypeName base() {
        Token token = tokens.peek();
        int position = tokens.position(token);
        if (token.kind() == Token.Kind.WORD) {
            switch (token.text()) {
                case "double" -> {
                    if (tokens.acceptWords("double", "precision")) {
                        return type("float8", position, List.of());
                    }
                }
                case "character", "char", "nchar", "national" -> {
                    return character(position);
                }
                case "bit" -> {
                    tokens.next();
                    String name = tokens.acceptWord("varying") ? "varbit" : "bit";
                    return type(name, position, modifiers());
                }
                case "timestamp", "time" -> {
                    tokens.next();
                    List<Integer> modifiers = modifiers();
                    return type(token.text() + zone(), position, modifiers);
                }
                case "interval" -> {
                    tokens.next();
                    List<Integer> modifiers = modifiers();
                    String fields = intervalFields();
                    return new TypeName(new Name(List.of("interval"), position), modifiers, 0, fields);
                }
                default -> {}
            }
        }
        return generic(token, position);
    }

    private TypeName generic(Token token, int position) {
        List<String> parts = new ArrayList<>();
        boolean typeWord = token.kind() == Token.Kind.QUOTED
                || (token.kind() == Token.Kind.WORD && !Keywords.isReserved(token.text()));
        if (!typeWord) {
            throw SyntaxErrors.unexpected(token).hint("expected a type");
        }
        // "char" in quotes is a type of its own in PostgreSQL; the quotes are kept to tell it from char
        boolean quotedChar = token.kind() == Token.Kind.QUOTED && token.text().equals("char");
        parts.add(quotedChar ? "\"char\"" : tokens.next().text());
        if (quotedChar) {
            tokens.next();
        }
        while (tokens.acceptPunctuation(".")) {
            parts.add(tokens.anyLabel());
        }
        return new TypeName(new Name(parts, position), modifiers(), 0, "");
    }

    private TypeName character(int position) {
        if (tokens.next().isWord("national")) {
            if (!tokens.acceptWord("character")) {
                tokens.expectWord("char");
            }
        }
        String name = tokens.acceptWord("varying") ? "varchar" : "bpchar";
        List<Integer> modifiers = modifiers();
        // CHAR without a length is CHAR(1), unlike bpchar without one
        return type(name, position, name.equals("bpchar") && modifiers.isEmpty() ? List.of(1) : modifiers);
    }

    private static TypeName type(String name, int position, List<Integer> modifiers) {
        return new TypeName(new Name(List.of(name), position), modifiers, 0, "");
    }

    private List<Integer> modifiers() {
        if (!tokens.acceptPunctuation("(")) {
            return List.of();
        }
        List<Integer> numbers = tokens.commaList(() -> {
            boolean negative = tokens.peek().isOperator("-");
            if (negative) {
                tokens.next();
            }
            Token place = tokens.peek();
            int number = parser.names().parseInteger(parser.names().integer(), place);
            return negative ? -number : number;
        });
        tokens.expectPunctuation(")");
        return numbers;
    }

    /** {@code WITH TIME ZONE} as the suffix of PostgreSQL's short type names. */
    private String zone() {
        if (tokens.acceptWords("with", "time", "zone")) {
            return "tz";
        }
        tokens.acceptWords("without", "time", "zone");
        return "";
    }

    private String intervalFields() {
        Token first = tokens.peek();
        if (first.kind() != Token.Kind.WORD || !INTERVAL_FIELDS.contains(first.text())) {
            return "";
        }
        tokens.next();
        String fields = first.text();
        if (tokens.isWord("to") && INTERVAL_FIELDS.contains(tokens.peek(1).text())) {
            tokens.next();
            fields += " to " + tokens.next().text();
        }
        if (fields.endsWith("second")) {
            modifiers(); // a precision of seconds: values keep microseconds
        }
        return fields;
    }

    /** Reads {@code TIMESTAMP '…'}, {@code INTERVAL '1' DAY} and the like, if one starts here. */
    @Nullable
    Expr typedLiteral() {
        Token first = tokens.peek();
        int literal = literalDistance(first);
        if (literal < 0) {
            return null;
        }
        if (first.isWord("interval")) {
            return interval();
        }
        return literalOf(base());
    }

    /** How many tokens stand before the text of a typed literal; -1 if this is none. */
    private int literalDistance(Token first) {
        int distance = 1;
        switch (first.text()) {
            case "double" -> distance = tokens.peek(1).isWord("precision") ? 2 : -1;
            case "national" -> distance = 2;
            case "character", "char", "nchar", "bit" ->
                distance = tokens.peek(1).isWord("varying") ? 2 : 1;
            case "timestamp", "time", "interval" -> {}
            default -> distance = -1;
        }
        if (distance < 0) {
            return -1;
        }
        if (tokens.peek(distance).isPunctuation("(")
                && tokens.peek(distance + 1).kind() == Token.Kind.NUMBER
                && tokens.peek(distance + 2).isPunctuation(")")) {
            distance += 3;
        }
        if (ZONED.contains(first.text())
                && (tokens.peek(distance).isWord("with")
                        || tokens.peek(distance).isWord("without"))) {
            distance += 3;
        }
        return tokens.peek(distance).kind() == Token.Kind.STRING ? distance : -1;
    }

    private Expr interval() {
        int position = tokens.position(tokens.next());
        List<Integer> modifiers = modifiers();
        Token text = tokens.next();
        String fields = intervalFields();
        TypeName type = new TypeName(new Name(List.of("interval"), position), modifiers, 0, fields);
        return new Expr.Cast(new Expr.StringLiteral(text.text(), tokens.position(text)), type, position);
    }

    /** The text that follows, as a literal of this type. */
    Expr literalOf(TypeName type) {
        Token text = tokens.next();
        return new Expr.Cast(new Expr.StringLiteral(text.text(), tokens.position(text)), type, type.position());
    }
}
