package dev.merapi.query.sql.parse;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.FromItem;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE and DELETE. */
final class WriteParser {
    private final TokenStream tokens;
    private final Parser parser;

    WriteParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    Statement insert(Query.@Nullable With with) {
        tokens.expectWord("insert");
        tokens.expectWord("into");
        Name table = parser.names().qualified();
        String alias = tokens.acceptWord("as") ? tokens.columnName() : null;
        List<Name> columns = startsColumnList() ? parser.names().list() : List.of();
        Statement.Insert.Overriding overriding = overriding();
        Query query = null;
        if (!tokens.acceptWords("default", "values")) {
            query = source();
        }
        Statement.Conflict conflict = tokens.isWords("on", "conflict") ? conflict() : null;
        return new Statement.Insert(with, table, alias, columns, overriding, query, conflict, returning());
    }

    /** Parentheses behind the table hold columns, unless they hold a query. */
    private boolean startsColumnList() {
        return tokens.isPunctuation("(")
                && !tokens.peek(1).isPunctuation("(")
                && !parser.queries().startsQuery(tokens.peek(1));
    }

    Statement.Insert.Overriding overriding() {
        if (!tokens.acceptWord("overriding")) {
            return Statement.Insert.Overriding.NONE;
        }
        boolean system = tokens.acceptWord("system");
        if (!system) {
            tokens.expectWord("user");
        }
        tokens.expectWord("value");
        return system ? Statement.Insert.Overriding.SYSTEM : Statement.Insert.Overriding.USER;
    }

    private Query source() {
        Token token = tokens.peek();
        if (!token.isPunctuation("(") && !parser.queries().startsQuery(token)) {
            throw SyntaxErrors.unexpected(token).hint("expected VALUES, SELECT or DEFAULT VALUES");
        }
        return parser.queries().query();
    }

    private Statement.Conflict conflict() {
        int position = tokens.position(tokens.next());
        tokens.expectWord("conflict");
        Statement.Conflict.Target target = target();
        tokens.expectWord("do");
        if (tokens.acceptWord("nothing")) {
            return new Statement.Conflict(target, null, null, position);
        }
        tokens.expectWord("update");
        tokens.expectWord("set");
        List<Statement.Assignment> assignments = assignments();
        return new Statement.Conflict(target, assignments, parser.expressions().optional("where"), position);
    }

    private Statement.Conflict.@Nullable Target target() {
        int position = tokens.position();
        if (tokens.acceptWords("on", "constraint")) {
            return new Statement.Conflict.Target(List.of(), null, parser.names().simple(), position);
        }
        if (!tokens.acceptPunctuation("(")) {
            return null;
        }
        List<Expr> columns = parser.expressions().expressions();
        tokens.expectPunctuation(")");
        return new Statement.Conflict.Target(columns, parser.expressions().optional("where"), null, position);
    }

    Statement update(Query.@Nullable With with) {
        tokens.expectWord("update");
        tokens.acceptWord("only");
        Name table = parser.names().qualified();
        String alias = tokens.isWord("set") ? null : alias();
        tokens.expectWord("set");
        List<Statement.Assignment> assignments = assignments();
        List<FromItem> from = tokens.acceptWord("from") ? parser.from().list() : List.of();
        Expr where = where();
        return new Statement.Update(with, table, alias, assignments, from, where, returning());
    }

    Statement delete(Query.@Nullable With with) {
        tokens.expectWord("delete");
        tokens.expectWord("from");
        tokens.acceptWord("only");
        Name table = parser.names().qualified();
        String alias = tokens.isWord("using") ? null : alias();
        List<FromItem> using = tokens.acceptWord("using") ? parser.from().list() : List.of();
        Expr where = where();
        return new Statement.Delete(with, table, alias, using, where, returning());
    }

    @Nullable
    String alias() {
        return tokens.acceptWord("as") ? tokens.columnName() : tokens.acceptColumnName();
    }

    private @Nullable Expr where() {
        if (tokens.isWords("where", "current") && tokens.peek(2).isWord("of")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "WHERE CURRENT OF", "select the row by its key");
        }
        return parser.expressions().optional("where");
    }

    List<Statement.Assignment> assignments() {
        return tokens.commaList(this::assignment);
    }

    private Statement.Assignment assignment() {
        if (tokens.isPunctuation("(")) {
            List<Name> columns = parser.names().list();
            expectEquals();
            return new Statement.Assignment(columns, true, parser.expressions().expression());
        }
        Name column = parser.names().simple();
        Token next = tokens.peek();
        if (next.isPunctuation("[")) {
            throw SyntaxErrors.unsupported(
                    next, "assignment to an array element", "assign the whole array: concatenate slices with ||");
        }
        if (next.isPunctuation(".")) {
            throw new CodedException(ErrorCode.UNKNOWN_COLUMN, "column does not exist")
                    .with("column", column + "." + tokens.peek(1).text())
                    .at(tokens.position(next) + 1)
                    .hint("the column to set is written without the table");
        }
        expectEquals();
        return new Statement.Assignment(
                List.of(column), false, parser.expressions().expression());
    }

    private void expectEquals() {
        Token token = tokens.next();
        if (!token.isOperator("=")) {
            throw SyntaxErrors.unexpected(token).hint("expected =");
        }
    }

    private List<Query.Item> returning() {
        return tokens.acceptWord("returning") ? parser.queries().items() : List.of();
    }
}
