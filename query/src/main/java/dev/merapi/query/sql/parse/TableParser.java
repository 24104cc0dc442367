package dev.merapi.query.sql.parse;

import dev.merapi.api.schema.ForeignKey;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.ast.Statement.ConstraintSpec.Rule;
import dev.merapi.query.sql.ast.TypeName;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE with its columns and constraints, and CREATE INDEX. */
final class TableParser {
    private final TokenStream tokens;
    private final Parser parser;

    TableParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** Reads on behind CREATE TABLE. */
    Statement createTable() {
        boolean ifNotExists = tokens.acceptWords("if", "not", "exists");
        Name name = parser.names().qualified();
        if (tokens.isWord("as") || (tokens.isPunctuation("(") && namesOnly())) {
            return createTableAs(name, ifNotExists);
        }
        if (tokens.isWord("of") || tokens.isWords("partition", "of")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "typed tables and partitions", "create a plain table");
        }
        List<Statement.ColumnSpec> columns = new ArrayList<>();
        List<Statement.ConstraintSpec> constraints = new ArrayList<>();
        tokens.expectPunctuation("(");
        if (!tokens.isPunctuation(")")) {
            do {
                tableElement(columns, constraints);
            } while (tokens.acceptPunctuation(","));
        }
        tokens.expectPunctuation(")");
        refuseTableOptions();
        return new Statement.CreateTable(name, ifNotExists, columns, constraints);
    }

    /** Whether parentheses hold nothing but names: then AS follows. */
    private boolean namesOnly() {
        Token second = tokens.peek(2);
        return second.isPunctuation(",")
                || (second.isPunctuation(")") && tokens.peek(3).isWord("as"));
    }

    private Statement createTableAs(Name name, boolean ifNotExists) {
        List<String> columns = NameParser.strings(parser.names().optionalList());
        tokens.expectWord("as");
        Query query = parser.queries().query();
        boolean withData = true;
        if (tokens.acceptWord("with")) {
            withData = !tokens.acceptWord("no");
            tokens.expectWord("data");
        }
        return new Statement.CreateTableAs(name, ifNotExists, columns, query, withData);
    }

    private void refuseTableOptions() {
        Token token = tokens.peek();
        if (token.isWord("partition") || token.isWord("inherits") || token.isWord("tablespace")) {
            throw SyntaxErrors.unsupported(token, token.text(), "leave the clause away");
        }
        if (tokens.acceptWord("with")) {
            // Storage parameters say how PostgreSQL keeps its pages; they change no result.
            tokens.expectPunctuation("(");
            while (!tokens.acceptPunctuation(")")) {
                if (tokens.next().kind() == Token.Kind.END) {
                    throw SyntaxErrors.unexpected(tokens.peek());
                }
            }
        } else {
            tokens.acceptWords("without", "oids");
        }
    }

    private void tableElement(List<Statement.ColumnSpec> columns, List<Statement.ConstraintSpec> constraints) {
        if (tokens.isWord("like")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "LIKE in CREATE TABLE", "write the columns out");
        }
        Statement.ConstraintSpec constraint = tableConstraint();
        if (constraint != null) {
            constraints.add(constraint);
        } else {
            columns.add(column());
        }
    }

    /** A column: name, type, constraints. */
    Statement.ColumnSpec column() {
        int position = tokens.position();
        String name = tokens.columnName();
        TypeName type = parser.types().typeName();
        List<Statement.ConstraintSpec> constraints = new ArrayList<>();
        while (true) {
            if (tokens.acceptWord("collate")) {
                parser.names().qualified(); // everything sorts by code point
                continue;
            }
            if (tokens.isWord("storage") || tokens.isWord("compression")) {
                tokens.next();
                tokens.anyLabel();
                continue;
            }
            Statement.ConstraintSpec constraint = columnConstraint();
            if (constraint == null) {
                return new Statement.ColumnSpec(name, type, constraints, position);
            }
            constraints.add(constraint);
        }
    }

    private Statement.@Nullable ConstraintSpec columnConstraint() {
        int position = tokens.position();
        String name = constraintName();
        Rule rule = columnRule();
        if (rule == null) {
            if (name != null) {
                throw SyntaxErrors.unexpected(tokens.peek()).hint("expected a constraint");
            }
            return null;
        }
        deferrable();
        return new Statement.ConstraintSpec(name, rule, position);
    }

    private @Nullable String constraintName() {
        return tokens.acceptWord("constraint") ? tokens.columnName() : null;
    }

    private @Nullable Rule columnRule() {
        if (tokens.acceptWords("not", "null")) {
            return new Rule.NotNull();
        }
        if (tokens.acceptWord("null")) {
            return new Rule.Nullable();
        }
        if (tokens.acceptWord("default")) {
            return new Rule.Default(source(ExpressionParser.DEFAULT_VALUE));
        }
        if (tokens.acceptWord("generated")) {
            return generated();
        }
        if (tokens.acceptWord("check")) {
            return check();
        }
        if (tokens.acceptWords("primary", "key")) {
            return new Rule.PrimaryKey(List.of());
        }
        if (tokens.acceptWord("unique")) {
            nullsDistinct();
            return new Rule.Unique(List.of());
        }
        return tokens.acceptWord("references") ? references(List.of()) : null;
    }

    private Rule generated() {
        boolean always = tokens.acceptWord("always");
        if (!always) {
            tokens.expectWord("by");
            tokens.expectWord("default");
        }
        tokens.expectWord("as");
        if (!tokens.acceptWord("identity")) {
            throw SyntaxErrors.unsupported(
                    tokens.peek(), "generated columns", "compute the value in the query, or store it with the row");
        }
        if (tokens.isPunctuation("(")) {
            throw SyntaxErrors.unsupported(
                    tokens.peek(), "sequence options", "sequences start at 1 and count by 1; leave the options away");
        }
        return new Rule.Identity(always);
    }

    private Rule check() {
        tokens.expectPunctuation("(");
        Statement.SourceExpr condition = source(ExpressionParser.ANY);
        tokens.expectPunctuation(")");
        tokens.acceptWords("no", "inherit");
        return new Rule.Check(condition);
    }

    /** An expression together with the text it was read from. */
    Statement.SourceExpr source(int lowest) {
        Token first = tokens.peek();
        Expr expression = parser.expressions().expression(lowest);
        return new Statement.SourceExpr(tokens.sourceFrom(first), expression);
    }

    private void nullsDistinct() {
        if (tokens.isWords("nulls", "not")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "NULLS NOT DISTINCT", "declare the columns NOT NULL");
        }
        tokens.acceptWords("nulls", "distinct");
    }

    private Rule references(List<Name> columns) {
        Name table = parser.names().qualified();
        List<Name> referenced = parser.names().optionalList();
        ForeignKey.Action onDelete = ForeignKey.Action.NO_ACTION;
        ForeignKey.Action onUpdate = ForeignKey.Action.NO_ACTION;
        if (tokens.acceptWord("match")) {
            if (!tokens.acceptWord("simple")) {
                throw SyntaxErrors.unsupported(tokens.peek(), "MATCH FULL", "declare the columns NOT NULL");
            }
        }
        while (tokens.isWord("on")) {
            tokens.next();
            if (tokens.acceptWord("delete")) {
                onDelete = action();
            } else {
                tokens.expectWord("update");
                onUpdate = action();
            }
        }
        return new Rule.References(columns, table, referenced, onDelete, onUpdate);
    }

    private ForeignKey.Action action() {
        if (tokens.acceptWord("cascade")) {
            return ForeignKey.Action.CASCADE;
        }
        if (tokens.acceptWord("restrict")) {
            return ForeignKey.Action.RESTRICT;
        }
        if (tokens.acceptWords("no", "action")) {
            return ForeignKey.Action.NO_ACTION;
        }
        if (tokens.acceptWords("set", "null")) {
            return ForeignKey.Action.SET_NULL;
        }
        if (tokens.isWords("set", "default")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "SET DEFAULT", "use SET NULL or CASCADE");
        }
        throw SyntaxErrors.unexpected(tokens.peek());
    }

    private void deferrable() {
        if (tokens.isWord("deferrable") || tokens.isWords("initially", "deferred")) {
            throw SyntaxErrors.unsupported(
                    tokens.peek(), "deferrable constraints", "constraints are checked with each statement");
        }
        if (tokens.acceptWords("not", "deferrable")) {
            tokens.acceptWords("initially", "immediate");
        }
        tokens.acceptWords("not", "valid");
    }

    /** A constraint of a table if one starts here, else null: then it is a column. */
    Statement.@Nullable ConstraintSpec tableConstraint() {
        int position = tokens.position();
        String name = constraintName();
        Rule rule = tableRule();
        if (rule == null) {
            if (name != null) {
                throw SyntaxErrors.unexpected(tokens.peek()).hint("expected a constraint");
            }
            return null;
        }
        deferrable();
        return new Statement.ConstraintSpec(name, rule, position);
    }

    private @Nullable Rule tableRule() {
        if (tokens.acceptWord("check")) {
            return check();
        }
        if (tokens.acceptWords("primary", "key")) {
            return new Rule.PrimaryKey(keyColumns());
        }
        if (tokens.acceptWord("unique")) {
            nullsDistinct();
            return new Rule.Unique(keyColumns());
        }
        if (tokens.acceptWords("foreign", "key")) {
            List<Name> columns = parser.names().list();
            tokens.expectWord("references");
            return references(columns);
        }
        if (tokens.isWord("exclude") && !tokens.peek(1).isPunctuation(",")) {
            Token next = tokens.peek(1);
            if (next.isWord("using") || next.isPunctuation("(")) {
                throw SyntaxErrors.unsupported(tokens.peek(), "EXCLUDE constraints", "use UNIQUE or CHECK");
            }
        }
        return null;
    }

    private List<Name> keyColumns() {
        if (tokens.isWord("using")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "USING INDEX", "name the columns");
        }
        List<Name> columns = parser.names().list();
        if (tokens.isWord("include")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "INCLUDE", "leave the clause away: rows are in memory");
        }
        return columns;
    }

    /** Reads on behind CREATE [UNIQUE] INDEX. */
    Statement createIndex(boolean unique) {
        int position = tokens.position();
        tokens.acceptWord("concurrently");
        boolean ifNotExists = tokens.acceptWords("if", "not", "exists");
        String name = tokens.isWord("on") ? null : tokens.columnName();
        tokens.expectWord("on");
        tokens.acceptWord("only");
        Name table = parser.names().qualified();
        String method = tokens.acceptWord("using") ? tokens.columnName() : null;
        tokens.expectPunctuation("(");
        List<Name> columns = tokens.commaList(this::indexColumn);
        tokens.expectPunctuation(")");
        nullsDistinct();
        Token next = tokens.peek();
        if (next.isWord("where")) {
            throw SyntaxErrors.unsupported(next, "partial indexes", "index all rows: leave WHERE away");
        }
        if (next.isWord("include") || next.isWord("with") || next.isWord("tablespace")) {
            throw SyntaxErrors.unsupported(next, next.text() + " in CREATE INDEX", "leave the clause away");
        }
        return new Statement.CreateIndex(name, ifNotExists, table, unique, method, columns, position);
    }

    /** A plain column. Direction changes nothing about what can be found: an index is read both ways. */
    private Name indexColumn() {
        Token first = tokens.peek();
        Expr expression = parser.expressions().expression(ExpressionParser.RESTRICTED);
        if (expression instanceof Expr.Collate collate) {
            expression = collate.operand();
        }
        if (!(expression instanceof Expr.ColumnRef column) || !column.name().isSimple()) {
            throw SyntaxErrors.unsupported(
                    first, "indexes on expressions", "store the value in a column and index that");
        }
        if (!tokens.acceptWord("desc")) {
            tokens.acceptWord("asc");
        }
        if (!tokens.acceptWords("nulls", "first")) {
            tokens.acceptWords("nulls", "last");
        }
        return column.name();
    }
}
