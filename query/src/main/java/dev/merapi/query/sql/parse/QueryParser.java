package dev.merapi.query.sql.parse;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.FromItem;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.SortItem;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.ast.Window;
import dev.merapi.query.sql.token.Keywords;
import dev.merapi.query.sql.token.SqlLimits;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries: SELECT and its clauses, set operations, WITH. */
final class QueryParser {
    private final TokenStream tokens;
    private final Parser parser;

    QueryParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    boolean startsQuery(Token token) {
        return token.isWord("select") || token.isWord("values") || token.isWord("with") || token.isWord("table");
    }

    /** Whether a query in parentheses goes on behind them. */
    boolean continuesQuery(Token token) {
        return token.kind() == Token.Kind.WORD
                && switch (token.text()) {
                    case "union", "intersect", "except", "order", "limit", "offset", "fetch", "for" -> true;
                    default -> false;
                };
    }

    /** A query without parentheses around it; its parts may have some. */
    Query query() {
        return query(with());
    }

    /** A query whose WITH clause has been read. */
    Query query(Query.@Nullable With with) {
        tokens.enter();
        int position = tokens.position();
        Query query = tail(with, setOperations(term(), false), position);
        tokens.leave();
        return query;
    }

    /** Reads on behind a query in parentheses. */
    Query queryAfter(Query.Body first) {
        return tail(null, setOperations(first, false), first.position());
    }

    Query.@Nullable With with() {
        Token word = tokens.peek();
        if (!tokens.acceptWord("with")) {
            return null;
        }
        boolean recursive = tokens.acceptWord("recursive");
        return new Query.With(recursive, tokens.commaList(this::commonTable), tokens.position(word));
    }

    private Query.CommonTable commonTable() {
        int position = tokens.position();
        String name = tokens.columnName();
        List<String> columns = NameParser.strings(parser.names().optionalList());
        tokens.expectWord("as");
        if (!tokens.acceptWords("not", "materialized")) {
            tokens.acceptWord("materialized"); // a question of cost alone, and ours to decide
        }
        tokens.enter();
        tokens.expectPunctuation("(");
        Statement statement = parser.statements().inWith();
        tokens.expectPunctuation(")");
        tokens.leave();
        Token next = tokens.peek();
        if (next.isWord("search") || next.isWord("cycle")) {
            throw SyntaxErrors.unsupported(
                    next,
                    next.text() + " in WITH RECURSIVE",
                    "carry the path in an array column and test it in the recursive part");
        }
        return new Query.CommonTable(name, columns, statement, position);
    }

    /** UNION and EXCEPT, which associate to the left; INTERSECT binds more tightly. */
    private Query.Body setOperations(Query.Body first, boolean intersectOnly) {
        Query.Body left = intersectOnly ? first : setOperations(first, true);
        int count = 0;
        while (true) {
            Token token = tokens.peek();
            Query.SetOperation.Kind kind = setOperation(token);
            if (kind == null || (kind == Query.SetOperation.Kind.INTERSECT) != intersectOnly) {
                break;
            }
            tokens.next();
            boolean all = tokens.acceptWord("all");
            if (!all) {
                tokens.acceptWord("distinct");
            }
            Query.Body right = term();
            left = new Query.SetOperation(
                    kind, all, left, intersectOnly ? right : setOperations(right, true), tokens.position(token));
            tokens.enter(); // a chain of set operations nests to the left
            count++;
        }
        for (int i = 0; i < count; i++) {
            tokens.leave();
        }
        return left;
    }

    private static Query.SetOperation.@Nullable Kind setOperation(Token token) {
        if (token.kind() != Token.Kind.WORD) {
            return null;
        }
        return switch (token.text()) {
            case "union" -> Query.SetOperation.Kind.UNION;
            case "intersect" -> Query.SetOperation.Kind.INTERSECT;
            case "except" -> Query.SetOperation.Kind.EXCEPT;
            default -> null;
        };
    }

    private Query.Body term() {
        Token token = tokens.peek();
        int position = tokens.position(token);
        if (tokens.acceptWord("select")) {
            return select(position);
        }
        if (tokens.acceptWord("values")) {
            return new Query.Values(tokens.commaList(this::row), position);
        }
        if (tokens.acceptWord("table")) {
            return tableQuery(position);
        }
        if (token.isPunctuation("(")) {
            return new Query.Nested(parser.primaries().query());
        }
        throw SyntaxErrors.unexpected(token).hint("expected a query");
    }

    private List<Expr> row() {
        tokens.expectPunctuation("(");
        List<Expr> row = parser.expressions().expressions();
        tokens.expectPunctuation(")");
        return row;
    }

    private Query.Body tableQuery(int position) {
        tokens.acceptWord("only");
        FromItem table = new FromItem.Table(parser.names().qualified(), null);
        Query.Item all = new Query.Item(new Expr.Star(new Name(List.of(), position)), null);
        return new Query.Select(
                Query.Distinct.ALL, List.of(all), List.of(table), null, null, null, List.of(), position);
    }

    private Query.Select select(int position) {
        Query.Distinct distinct = distinct();
        List<Query.Item> items = startsClause(tokens.peek()) ? List.of() : items();
        if (tokens.isWord("into")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "SELECT INTO", "write CREATE TABLE … AS SELECT …");
        }
        List<FromItem> from = tokens.acceptWord("from") ? parser.from().list() : List.of();
        Expr where = parser.expressions().optional("where");
        Query.GroupBy groupBy = tokens.acceptWords("group", "by") ? groupBy() : null;
        Expr having = parser.expressions().optional("having");
        List<Window.Named> windows = parser.windows().clause();
        return new Query.Select(distinct, items, from, where, groupBy, having, windows, position);
    }

    private Query.Distinct distinct() {
        if (!tokens.acceptWord("distinct")) {
            tokens.acceptWord("all");
            return Query.Distinct.ALL;
        }
        if (!tokens.acceptWord("on")) {
            return new Query.Distinct(true, List.of());
        }
        tokens.expectPunctuation("(");
        List<Expr> on = parser.expressions().expressions();
        tokens.expectPunctuation(")");
        return new Query.Distinct(true, on);
    }

    private boolean startsClause(Token token) {
        return token.kind() == Token.Kind.END
                || token.isPunctuation(")")
                || token.isWord("from")
                || token.isWord("where")
                || token.isWord("group")
                || token.isWord("having")
                || token.isWord("window")
                || continuesQuery(token);
    }

    /** The elements of a select list or of RETURNING. */
    List<Query.Item> items() {
        List<Query.Item> items = tokens.commaList(this::item);
        if (items.size() > SqlLimits.COLUMNS) {
            throw new CodedException(ErrorCode.STATEMENT_LIMIT, "select list is too long")
                    .with("columns", items.size())
                    .with("limit", SqlLimits.COLUMNS);
        }
        return items;
    }

    private Query.Item item() {
        Token token = tokens.peek();
        if (token.isOperator("*")) {
            tokens.next();
            return new Query.Item(new Expr.Star(new Name(List.of(), tokens.position(token))), null);
        }
        Expr expression = parser.expressions().expression();
        if (tokens.acceptWord("as")) {
            return new Query.Item(expression, tokens.anyLabel());
        }
        Token label = tokens.peek();
        boolean bare = label.kind() == Token.Kind.QUOTED
                || (label.kind() == Token.Kind.WORD && Keywords.isBareLabel(label.text()));
        return new Query.Item(expression, bare ? tokens.next().text() : null);
    }

    private Query.GroupBy groupBy() {
        boolean distinct = tokens.acceptWord("distinct");
        if (!distinct) {
            tokens.acceptWord("all");
        }
        return new Query.GroupBy(distinct, tokens.commaList(this::groupItem));
    }

    private Query.GroupItem groupItem() {
        if (tokens.isPunctuation("(") && tokens.peek(1).isPunctuation(")")) {
            tokens.next();
            tokens.next();
            return new Query.GroupItem.Empty();
        }
        if ((tokens.isWord("rollup") || tokens.isWord("cube")) && tokens.peek(1).isPunctuation("(")) {
            boolean cube = tokens.next().isWord("cube");
            tokens.expectPunctuation("(");
            List<List<Expr>> elements = tokens.commaList(this::groupElement);
            tokens.expectPunctuation(")");
            return new Query.GroupItem.Cubed(cube, elements);
        }
        if (tokens.isWords("grouping", "sets")) {
            tokens.next();
            tokens.next();
            tokens.enter();
            tokens.expectPunctuation("(");
            List<Query.GroupItem> sets = tokens.commaList(this::groupItem);
            tokens.expectPunctuation(")");
            tokens.leave();
            return new Query.GroupItem.Sets(sets);
        }
        return new Query.GroupItem.Plain(parser.expressions().expression());
    }

    private List<Expr> groupElement() {
        Expr expression = parser.expressions().expression();
        return expression instanceof Expr.Row row ? row.fields() : List.of(expression);
    }

    /** {@code ORDER BY …}, if it stands here. */
    List<SortItem> orderBy() {
        if (!tokens.isWord("order")) {
            return List.of();
        }
        tokens.next();
        tokens.expectWord("by");
        return tokens.commaList(this::sortItem);
    }

    private SortItem sortItem() {
        Expr expression = parser.expressions().expression();
        boolean descending = false;
        if (tokens.acceptWord("desc")) {
            descending = true;
        } else if (tokens.acceptWord("using")) {
            Token operator = tokens.next();
            if (!operator.isOperator("<") && !operator.isOperator(">")) {
                throw SyntaxErrors.unsupported(operator, "ORDER BY USING another operator", "use < or >, ASC or DESC");
            }
            descending = operator.isOperator(">");
        } else {
            tokens.acceptWord("asc");
        }
        boolean nullsFirst = descending;
        if (tokens.acceptWords("nulls", "first")) {
            nullsFirst = true;
        } else if (tokens.acceptWords("nulls", "last")) {
            nullsFirst = false;
        }
        return new SortItem(expression, descending, nullsFirst);
    }

    /** ORDER BY, LIMIT, OFFSET, FETCH and FOR, the last four in any order. */
    private Query tail(Query.@Nullable With with, Query.Body body, int position) {
        List<SortItem> orderBy = orderBy();
        LimitParser limits = new LimitParser(tokens, parser);
        limits.run();
        return new Query(with, body, orderBy, limits.limitClause(), limits.locking(), position);
    }
}
