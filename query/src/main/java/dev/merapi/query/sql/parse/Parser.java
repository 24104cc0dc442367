package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.List;

/** The rules of the grammar, sorted by concept, over one token stream. */
final class Parser {
    private final TokenStream tokens;
    private final NameParser names;
    private final TypeParser types;
    private final ExpressionParser expressions;
    private final PrimaryParser primaries;
    private final CallParser calls;
    private final WindowParser windows;
    private final QueryParser queries;
    private final FromParser from;
    private final WriteParser writes;
    private final TableParser tables;
    private final StatementParser statements;

    Parser(TokenStream tokens) {
        this.tokens = tokens;
        this.names = new NameParser(tokens, this);
        this.types = new TypeParser(tokens, this);
        this.expressions = new ExpressionParser(tokens, this);
        this.primaries = new PrimaryParser(tokens, this);
        this.calls = new CallParser(tokens, this);
        this.windows = new WindowParser(tokens, this);
        this.queries = new QueryParser(tokens, this);
        this.from = new FromParser(tokens, this);
        this.writes = new WriteParser(tokens, this);
        this.tables = new TableParser(tokens, this);
        this.statements = new StatementParser(tokens, this);
    }

    /** Parses tokens {@code [from, to)} of a script as one statement whose text starts at offset {@code base}. */
    static Statement statement(String script, List<Token> all, int from, int to, int base) {
        Parser parser = new Parser(new TokenStream(script, all, from, to, base));
        Statement statement = parser.statements.statement();
        parser.tokens.expectEnd();
        return statement;
    }

    /** Parses the tokens of a text as one expression. */
    static Expr expression(String sql, List<Token> all) {
        Parser parser = new Parser(new TokenStream(sql, all, 0, all.size() - 1, 0));
        Expr expression = parser.expressions.expression();
        parser.tokens.expectEnd();
        return expression;
    }

    NameParser names() {
        return names;
    }

    TypeParser types() {
        return types;
    }

    ExpressionParser expressions() {
        return expressions;
    }

    PrimaryParser primaries() {
        return primaries;
    }

    CallParser calls() {
        return calls;
    }

    WindowParser windows() {
        return windows;
    }

    QueryParser queries() {
        return queries;
    }

    FromParser from() {
        return from;
    }

    WriteParser writes() {
        return writes;
    }

    TableParser tables() {
        return tables;
    }

    StatementParser statements() {
        return statements;
    }
}
