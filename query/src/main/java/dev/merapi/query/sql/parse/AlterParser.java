package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.ast.Statement.AlterTable.Action;
import dev.merapi.query.sql.ast.Statement.RowSecuritySwitch;
import dev.merapi.query.sql.ast.TypeName;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.List;

/** ALTER TABLE. */
final class AlterParser {
    private final TokenStream tokens;
    private final Parser parser;

    AlterParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** Reads on behind ALTER TABLE. */
    Statement alterTable() {
        boolean ifExists = tokens.acceptWords("if", "exists");
        tokens.acceptWord("only");
        Name table = parser.names().qualified();
        if (tokens.peek().isOperator("*")) {
            tokens.next();
        }
        if (tokens.acceptWord("rename")) {
            return new Statement.AlterTable(table, ifExists, List.of(rename()));
        }
        return new Statement.AlterTable(table, ifExists, tokens.commaList(this::action));
    }

    private Action rename() {
        if (tokens.acceptWord("to")) {
            return new Action.RenameTable(tokens.columnName());
        }
        if (tokens.acceptWord("constraint")) {
            Name constraint = parser.names().simple();
            tokens.expectWord("to");
            return new Action.RenameConstraint(constraint, tokens.columnName());
        }
        tokens.acceptWord("column");
        Name column = parser.names().simple();
        tokens.expectWord("to");
        return new Action.RenameColumn(column, tokens.columnName());
    }

    private Action action() {
        Token verb = tokens.next();
        return switch (verb.kind() == Token.Kind.WORD ? verb.text() : "") {
            case "add" -> add();
            case "drop" -> drop();
            case "alter" -> alterColumn();
            case "enable" -> secureRows(verb, RowSecuritySwitch.ENABLE);
            case "disable" -> secureRows(verb, RowSecuritySwitch.DISABLE);
            case "force" -> secureRows(verb, RowSecuritySwitch.FORCE);
            case "no" -> tokens.acceptWord("force") ? secureRows(verb, RowSecuritySwitch.NO_FORCE) : refused(verb);
            case "set", "owner", "cluster", "inherit", "attach", "detach", "replica", "validate", "of" -> refused(verb);
            default -> throw SyntaxErrors.unexpected(verb).hint("expected ADD, DROP, ALTER or RENAME");
        };
    }

    private Action secureRows(Token verb, RowSecuritySwitch to) {
        if (!tokens.acceptWords("row", "level", "security")) {
            return refused(verb);
        }
        return new Action.SecureRows(to);
    }

    private static Action refused(Token verb) {
        throw SyntaxErrors.unsupported(
                verb,
                "ALTER TABLE … " + verb.text(),
                "ADD, DROP, ALTER, RENAME and ENABLE ROW LEVEL SECURITY are there");
    }

    private Action add() {
        if (!tokens.isWord("column")) {
            Statement.ConstraintSpec constraint = parser.tables().tableConstraint();
            if (constraint != null) {
                return new Action.AddConstraint(constraint);
            }
        }
        tokens.acceptWord("column");
        boolean ifNotExists = tokens.acceptWords("if", "not", "exists");
        return new Action.AddColumn(parser.tables().column(), ifNotExists);
    }

    private Action drop() {
        boolean constraint = tokens.acceptWord("constraint");
        if (!constraint) {
            tokens.acceptWord("column");
        }
        boolean ifExists = tokens.acceptWords("if", "exists");
        Name name = parser.names().simple();
        boolean cascade = tokens.acceptWord("cascade");
        if (!cascade) {
            tokens.acceptWord("restrict");
        }
        return constraint
                ? new Action.DropConstraint(name, ifExists, cascade)
                : new Action.DropColumn(name, ifExists, cascade);
    }

    private Action alterColumn() {
        tokens.acceptWord("column");
        Name column = parser.names().simple();
        Token verb = tokens.peek();
        if (tokens.acceptWords("set", "default")) {
            return new Action.SetDefault(column, parser.tables().source(ExpressionParser.ANY));
        }
        if (tokens.acceptWords("drop", "default")) {
            return new Action.SetDefault(column, null);
        }
        if (tokens.acceptWords("set", "not", "null")) {
            return new Action.SetNotNull(column, true);
        }
        if (tokens.acceptWords("drop", "not", "null")) {
            return new Action.SetNotNull(column, false);
        }
        if (tokens.acceptWord("type") || tokens.acceptWords("set", "data", "type")) {
            TypeName type = parser.types().typeName();
            if (tokens.isWord("collate")) {
                throw SyntaxErrors.unsupported(tokens.peek(), "COLLATE", "texts compare by code point");
            }
            Expr value = tokens.acceptWord("using") ? parser.expressions().expression() : null;
            return new Action.SetType(column, type, value);
        }
        if (tokens.isWord("set") || tokens.isWord("drop") || tokens.isWord("add") || tokens.isWord("reset")) {
            throw SyntaxErrors.unsupported(
                    verb, "this change of a column", "defaults and NOT NULL can be set and dropped");
        }
        throw SyntaxErrors.unexpected(verb).hint("expected SET or DROP");
    }
}
