package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.FromItem;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.token.Keywords;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The FROM clause: tables, sub-queries, functions, and joins of them. */
final class FromParser {
    private final TokenStream tokens;
    private final Parser parser;

    FromParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    List<FromItem> list() {
        return tokens.commaList(this::joined);
    }

    /** One element, with its joins. */
    FromItem one() {
        return joined();
    }

    private FromItem joined() {
        tokens.enter();
        FromItem result = joins(single());
        tokens.leave();
        return result;
    }

    /** Joins associate to the left; a chain of them nests. */
    private FromItem joins(FromItem first) {
        FromItem left = first;
        int count = 0;
        while (startsJoin()) {
            left = join(left);
            tokens.enter();
            count++;
        }
        for (int i = 0; i < count; i++) {
            tokens.leave();
        }
        return left;
    }

    private boolean startsJoin() {
        Token token = tokens.peek();
        return token.kind() == Token.Kind.WORD
                && switch (token.text()) {
                    case "join", "inner", "cross", "natural" -> true;
                    case "left", "right", "full" -> !tokens.peek(1).isPunctuation("(");
                    default -> false;
                };
    }

    private FromItem join(FromItem left) {
        int position = tokens.position();
        if (tokens.acceptWords("cross", "join")) {
            return new FromItem.Join(
                    FromItem.Join.Kind.INNER, left, single(), false, List.of(), null, null, null, position);
        }
        boolean natural = tokens.acceptWord("natural");
        FromItem.Join.Kind kind = kind();
        tokens.expectWord("join");
        // Without ON yet, "a JOIN b JOIN c ON … ON …" nests to the right.
        FromItem right = single();
        if (natural) {
            return new FromItem.Join(kind, left, right, true, List.of(), null, null, null, position);
        }
        while (startsJoin()) {
            tokens.enter();
            right = join(right);
            tokens.leave();
        }
        if (tokens.acceptWord("using")) {
            List<String> columns = NameParser.strings(parser.names().list());
            String alias = tokens.acceptWord("as") ? tokens.columnName() : null;
            return new FromItem.Join(kind, left, right, false, columns, alias, null, null, position);
        }
        tokens.expectWord("on");
        Expr on = parser.expressions().expression();
        return new FromItem.Join(kind, left, right, false, List.of(), null, on, null, position);
    }

    private FromItem.Join.Kind kind() {
        if (tokens.acceptWord("left")) {
            tokens.acceptWord("outer");
            return FromItem.Join.Kind.LEFT;
        }
        if (tokens.acceptWord("right")) {
            tokens.acceptWord("outer");
            return FromItem.Join.Kind.RIGHT;
        }
        if (tokens.acceptWord("full")) {
            tokens.acceptWord("outer");
            return FromItem.Join.Kind.FULL;
        }
        tokens.acceptWord("inner");
        return FromItem.Join.Kind.INNER;
    }

    private FromItem single() {
        Token token = tokens.peek();
        int position = tokens.position(token);
        boolean lateral = tokens.acceptWord("lateral");
        if (tokens.isPunctuation("(")) {
            return switch (parenthesised()) {
                case Inner.OfQuery of ->
                    new FromItem.SubQuery(of.query(), lateral, parser.names().alias(), position);
                case Inner.OfItem of -> named(of.item());
            };
        }
        if (tokens.isWords("rows", "from") && tokens.peek(2).isPunctuation("(")) {
            return rowsFrom(position);
        }
        tokens.acceptWord("only");
        if (tokens.isWord("json_table") || tokens.isWord("xmltable")) {
            throw SyntaxErrors.unsupported(
                    tokens.peek(), tokens.peek().text(), "use jsonb_array_elements, and ->> for the fields");
        }
        Name name = functionOrTable();
        if (tokens.isPunctuation("(")) {
            return function(parser.calls().call(name), position);
        }
        if (tokens.peek().isOperator("*")) {
            tokens.next(); // "table *" includes inherited tables; there are none
        }
        FromItem.Alias alias = parser.names().alias();
        if (tokens.isWord("tablesample")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "TABLESAMPLE", "use ORDER BY random() LIMIT n");
        }
        return new FromItem.Table(name, alias);
    }

    /** A function's name may be a word that no table can have. */
    private Name functionOrTable() {
        Token token = tokens.peek();
        boolean call = tokens.peek(1).isPunctuation("(");
        if (token.kind() == Token.Kind.WORD && call && Keywords.isFunctionName(token.text())) {
            tokens.next();
            return new Name(List.of(token.text()), tokens.position(token));
        }
        if (token.kind() == Token.Kind.WORD
                && token.text().startsWith("current_")
                && Keywords.isReserved(token.text())) {
            throw SyntaxErrors.unsupported(token, token.text() + " in FROM", "write it in a sub-query");
        }
        return parser.names().qualified();
    }

    private FromItem function(Expr call, int position) {
        if (!(call instanceof Expr.Call function)) {
            throw SyntaxErrors.unexpected(tokens.peek());
        }
        boolean ordinality = tokens.acceptWords("with", "ordinality");
        FromItem.Functions item = new FromItem.Functions(
                List.of(function),
                List.of(List.of()),
                ordinality,
                parser.names().alias(),
                position);
        FromItem record = RecordFunctions.asQuery(function, item);
        return record == null ? item : record;
    }

    private FromItem rowsFrom(int position) {
        tokens.next();
        tokens.next();
        tokens.expectPunctuation("(");
        List<Expr.Call> calls = new ArrayList<>();
        List<List<FromItem.ColumnDefinition>> definitions = new ArrayList<>();
        do {
            Expr call = parser.calls().call(functionOrTable());
            if (!(call instanceof Expr.Call function)) {
                throw SyntaxErrors.unexpected(tokens.peek());
            }
            calls.add(function);
            definitions.add(tokens.acceptWord("as") ? parser.names().columnDefinitions() : List.of());
        } while (tokens.acceptPunctuation(","));
        tokens.expectPunctuation(")");
        boolean ordinality = tokens.acceptWords("with", "ordinality");
        return new FromItem.Functions(
                calls, definitions, ordinality, parser.names().alias(), position);
    }

    /** A join in parentheses may get a name; a table in them keeps its own. */
    private FromItem named(FromItem item) {
        if (!(item instanceof FromItem.Join join)) {
            throw SyntaxErrors.unexpected(tokens.previous())
                    .hint("only joins and queries stand in parentheses in FROM");
        }
        FromItem.Alias alias = parser.names().alias();
        return alias == null ? join : join.withAlias(alias);
    }

    /** What parentheses in FROM turned out to hold. */
    private sealed interface Inner {
        record OfQuery(Query query) implements Inner {}

        record OfItem(FromItem item) implements Inner {}
    }

    /** As for expressions, nested parentheses are decided from inside out. */
    private Inner parenthesised() {
        tokens.enter();
        int position = tokens.position();
        tokens.expectPunctuation("(");
        Inner result;
        if (parser.queries().startsQuery(tokens.peek())) {
            result = new Inner.OfQuery(parser.queries().query());
        } else if (tokens.isPunctuation("(")) {
            result = afterInner(parenthesised(), position);
        } else {
            result = new Inner.OfItem(joined());
        }
        tokens.expectPunctuation(")");
        tokens.leave();
        return result;
    }

    private Inner afterInner(Inner inner, int position) {
        @Nullable FromItem first;
        switch (inner) {
            case Inner.OfQuery of -> {
                if (tokens.isPunctuation(")")) {
                    return inner;
                }
                if (parser.queries().continuesQuery(tokens.peek())) {
                    return new Inner.OfQuery(parser.queries().queryAfter(new Query.Nested(of.query())));
                }
                first = new FromItem.SubQuery(of.query(), false, parser.names().alias(), position);
            }
            case Inner.OfItem of -> first = named(of.item());
        }
        return new Inner.OfItem(joins(first));
    }
}
