package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.FromItem;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MERGE, as the statements it consists of: an UPDATE, DELETE or INSERT for each WHEN clause, whose condition says that
 * the rows match and that no clause before it has taken them.
 */
final class MergeParser {
    /** What a WHEN clause is about. */
    private enum Case {
        MATCHED,
        NOT_MATCHED,
        NOT_MATCHED_BY_SOURCE
    }

    private final TokenStream tokens;
    private final Parser parser;
    private final Query.@Nullable With with;
    private final List<Statement> parts = new ArrayList<>();

    /** The conditions of the clauses so far; a clause without one takes all that is left. */
    private final Map<Case, List<Expr>> taken = new EnumMap<>(Case.class);

    private final Map<Case, Boolean> exhausted = new EnumMap<>(Case.class);
    private Name table;
    private @Nullable String alias;
    private FromItem source;
    private Expr condition;

    private MergeParser(TokenStream tokens, Parser parser, Query.@Nullable With with) {
        this.tokens = tokens;
        this.parser = parser;
        this.with = with;
        tokens.expectWord("merge");
        tokens.expectWord("into");
        tokens.acceptWord("only");
        table = parser.names().qualified();
        alias = tokens.isWord("using") ? null : parser.writes().alias();
        tokens.expectWord("using");
        source = parser.from().one();
        tokens.expectWord("on");
        condition = parser.expressions().expression();
    }

    static Statement parse(TokenStream tokens, Parser parser, Query.@Nullable With with) {
        int position = tokens.position();
        MergeParser merge = new MergeParser(tokens, parser, with);
        do {
            merge.when();
        } while (tokens.isWord("when"));
        if (tokens.isWord("returning")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "MERGE … RETURNING", "read the rows afterwards");
        }
        return new Statement.Merge(List.copyOf(merge.parts), position);
    }

    private void when() {
        Token start = tokens.peek();
        tokens.expectWord("when");
        Case about = about();
        Expr only = tokens.acceptWord("and") ? parser.expressions().expression() : null;
        tokens.expectWord("then");
        if (Boolean.TRUE.equals(exhausted.get(about))) {
            throw SyntaxErrors.unexpected(start).hint("a WHEN clause without condition before it takes all rows");
        }
        Expr where = where(about, only, tokens.position(start));
        if (about == Case.NOT_MATCHED) {
            insert(where);
        } else {
            change(about, where);
        }
        if (only == null) {
            exhausted.put(about, true);
        } else {
            taken.computeIfAbsent(about, key -> new ArrayList<>()).add(only);
        }
    }

    private Case about() {
        if (tokens.acceptWord("matched")) {
            return Case.MATCHED;
        }
        tokens.expectWord("not");
        tokens.expectWord("matched");
        if (tokens.acceptWords("by", "source")) {
            return Case.NOT_MATCHED_BY_SOURCE;
        }
        tokens.acceptWords("by", "target");
        return Case.NOT_MATCHED;
    }

    private Expr where(Case about, @Nullable Expr only, int position) {
        List<Expr> terms = new ArrayList<>();
        terms.add(
                switch (about) {
                    case MATCHED -> condition;
                    case NOT_MATCHED -> without(new FromItem.Table(table, targetAlias()), position);
                    case NOT_MATCHED_BY_SOURCE -> without(source, position);
                });
        for (Expr before : taken.getOrDefault(about, List.of())) {
            terms.add(new Expr.IsTest(before, Expr.IsTest.Test.TRUE, true, position));
        }
        if (only != null) {
            terms.add(only);
        }
        return terms.size() == 1 ? terms.get(0) : new Expr.Junction(true, terms, position);
    }

    private FromItem.@Nullable Alias targetAlias() {
        return alias == null ? null : new FromItem.Alias(alias, List.of(), List.of());
    }

    /** That no row of the other side matches. */
    private Expr without(FromItem other, int position) {
        List<Query.Item> one = List.of(new Query.Item(new Expr.NumberLiteral("1", position), null));
        return new Expr.Not(new Expr.Exists(select(one, other, condition, position), position), position);
    }

    private static Query select(List<Query.Item> items, FromItem from, Expr where, int position) {
        Query.Select select =
                new Query.Select(Query.Distinct.ALL, items, List.of(from), where, null, null, List.of(), position);
        return new Query(null, select, List.of(), Query.Limit.NONE, false, position);
    }

    private void change(Case about, Expr where) {
        List<FromItem> from = about == Case.MATCHED ? List.of(source) : List.of();
        if (tokens.acceptWord("delete")) {
            parts.add(new Statement.Delete(with, table, alias, from, where, List.of()));
        } else if (tokens.acceptWord("update")) {
            tokens.expectWord("set");
            List<Statement.Assignment> assignments = parser.writes().assignments();
            parts.add(new Statement.Update(with, table, alias, assignments, from, where, List.of()));
        } else {
            nothing();
        }
    }

    private void nothing() {
        tokens.expectWord("do");
        tokens.expectWord("nothing");
    }

    private void insert(Expr where) {
        Token insert = tokens.peek();
        if (!tokens.acceptWord("insert")) {
            nothing();
            return;
        }
        List<Name> columns = tokens.isPunctuation("(") ? parser.names().list() : List.of();
        Statement.Insert.Overriding overriding = parser.writes().overriding();
        if (tokens.isWord("default")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "DEFAULT VALUES in MERGE", "name a column and its DEFAULT");
        }
        tokens.expectWord("values");
        tokens.expectPunctuation("(");
        List<Expr> values = parser.expressions().expressions();
        tokens.expectPunctuation(")");
        List<Name> given = new ArrayList<>();
        List<Query.Item> items = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            boolean left = values.get(i) instanceof Expr.Default;
            if (left && columns.isEmpty()) {
                throw SyntaxErrors.unsupported(insert, "DEFAULT without a list of columns", "name the columns");
            }
            if (!left) {
                items.add(new Query.Item(values.get(i), null));
            }
            if (!left && i < columns.size()) {
                given.add(columns.get(i));
            }
        }
        if (!columns.isEmpty() && columns.size() != values.size()) {
            throw SyntaxErrors.unexpected(insert)
                    .with("columns", columns.size())
                    .with("values", values.size());
        }
        Query query = select(items, source, where, tokens.position(insert));
        parts.add(new Statement.Insert(with, table, alias, given, overriding, query, null, List.of()));
    }
}
