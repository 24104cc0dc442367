package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.FromItem;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names, aliases and plain integers. */
final class NameParser {
    private final TokenStream tokens;
    private final Parser parser;

    NameParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** A name with or without qualifiers. */
    Name qualified() {
        int position = tokens.position();
        List<String> parts = new ArrayList<>();
        parts.add(tokens.columnName());
        while (tokens.acceptPunctuation(".")) {
            parts.add(tokens.anyLabel());
        }
        return new Name(parts, position);
    }

    /** A name without qualifiers. */
    Name simple() {
        int position = tokens.position();
        return new Name(List.of(tokens.columnName()), position);
    }

    /** {@code (a, b, …)}. */
    List<Name> list() {
        tokens.expectPunctuation("(");
        List<Name> names = tokens.commaList(this::simple);
        tokens.expectPunctuation(")");
        return names;
    }

    /** {@code (a, b, …)} if it stands here, else no names. */
    List<Name> optionalList() {
        return tokens.isPunctuation("(") ? list() : List.of();
    }

    static List<String> strings(List<Name> names) {
        return names.stream().map(Name::last).toList();
    }

    /** {@code [AS] name [(columns)]} of an element of FROM; null if there is none. */
    FromItem.@Nullable Alias alias() {
        boolean as = tokens.acceptWord("as");
        if (as && tokens.isPunctuation("(")) {
            return new FromItem.Alias("", List.of(), columnDefinitions());
        }
        String name = as ? tokens.columnName() : tokens.acceptColumnName();
        if (name == null) {
            return null;
        }
        if (!tokens.isPunctuation("(")) {
            return new FromItem.Alias(name, List.of(), List.of());
        }
        // (a, b) names columns, (a int, b text) defines them
        Token second = tokens.peek(2);
        if (second.isPunctuation(",") || second.isPunctuation(")")) {
            return new FromItem.Alias(name, strings(list()), List.of());
        }
        return new FromItem.Alias(name, List.of(), columnDefinitions());
    }

    /** {@code (a int, b text)}. */
    List<FromItem.ColumnDefinition> columnDefinitions() {
        tokens.expectPunctuation("(");
        List<FromItem.ColumnDefinition> definitions = tokens.commaList(() -> new FromItem.ColumnDefinition(
                tokens.columnName(), parser.types().typeName()));
        tokens.expectPunctuation(")");
        return definitions;
    }

    /** The digits of a number without sign, point and exponent. */
    String integer() {
        Token token = tokens.next();
        if (token.kind() != Token.Kind.NUMBER) {
            throw SyntaxErrors.unexpected(token).hint("expected a whole number");
        }
        parseInteger(token.text(), token);
        return token.text();
    }

    int parseInteger(String digits, Token place) {
        try {
            return Integer.parseInt(digits.replace("_", ""));
        } catch (NumberFormatException e) {
            throw SyntaxErrors.at(place.start(), "whole number expected")
                    .with("found", SyntaxErrors.quote(digits))
                    .causedBy(e);
        }
    }
}
