package dev.merapi.query.sql.parse;

import dev.merapi.api.schema.PolicyDefinition.Command;
import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER and DROP POLICY. */
final class PolicyParser {
    private final TokenStream tokens;
    private final Parser parser;

    PolicyParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    /** Reads on behind CREATE POLICY. */
    Statement create() {
        Name name = parser.names().simple();
        tokens.expectWord("on");
        Name table = parser.names().qualified();
        boolean permissive = !tokens.acceptWord("as") || permissive();
        Command command = tokens.acceptWord("for") ? command() : Command.ALL;
        Statement.PolicyRoles roles =
                tokens.acceptWord("to") ? roles() : new Statement.PolicyRoles(List.of(), true, false);
        Token using = tokens.peek();
        Statement.SourceExpr visible = condition("using");
        if (visible != null && command == Command.INSERT) {
            throw SyntaxErrors.unexpected(using).hint("new rows are held against WITH CHECK: there is none before");
        }
        Token with = tokens.peek();
        Statement.SourceExpr check = withCheck();
        if (check != null && (command == Command.SELECT || command == Command.DELETE)) {
            throw SyntaxErrors.unexpected(with).hint("SELECT and DELETE make no new rows: use USING");
        }
        return new Statement.CreatePolicy(name, table, permissive, command, roles, visible, check);
    }

    private boolean permissive() {
        if (tokens.acceptWord("permissive")) {
            return true;
        }
        tokens.expectWord("restrictive");
        return false;
    }

    private Command command() {
        for (Command command : Command.values()) {
            if (tokens.acceptWord(command.name().toLowerCase(java.util.Locale.ROOT))) {
                return command;
            }
        }
        throw SyntaxErrors.unexpected(tokens.peek()).hint("expected ALL, SELECT, INSERT, UPDATE or DELETE");
    }

    private Statement.PolicyRoles roles() {
        List<String> names = new ArrayList<>();
        boolean everybody = false;
        boolean caller = false;
        do {
            if (tokens.acceptWord("public")) {
                everybody = true;
            } else if (tokens.acceptWord("current_role")
                    || tokens.acceptWord("current_user")
                    || tokens.acceptWord("session_user")) {
                caller = true;
            } else {
                names.add(tokens.columnName());
            }
        } while (tokens.acceptPunctuation(","));
        return new Statement.PolicyRoles(List.copyOf(names), everybody, caller);
    }

    private Statement.@Nullable SourceExpr withCheck() {
        if (!tokens.isWord("with")) {
            return null;
        }
        tokens.next();
        return condition("check");
    }

    private Statement.@Nullable SourceExpr condition(String word) {
        if (word.equals("check")) {
            tokens.expectWord(word);
        } else if (!tokens.acceptWord(word)) {
            return null;
        }
        tokens.expectPunctuation("(");
        Statement.SourceExpr condition = parser.tables().source(ExpressionParser.ANY);
        tokens.expectPunctuation(")");
        return condition;
    }

    /** Reads on behind ALTER POLICY. */
    Statement alter() {
        Name name = parser.names().simple();
        tokens.expectWord("on");
        Name table = parser.names().qualified();
        if (tokens.acceptWords("rename", "to")) {
            return new Statement.RenamePolicy(name, table, tokens.columnName());
        }
        Statement.PolicyRoles roles = tokens.acceptWord("to") ? roles() : null;
        return new Statement.AlterPolicy(name, table, roles, condition("using"), withCheck());
    }

    /** Reads on behind DROP POLICY; nothing depends on a policy, so CASCADE and RESTRICT are the same. */
    Statement drop() {
        boolean ifExists = tokens.acceptWords("if", "exists");
        Name name = parser.names().simple();
        tokens.expectWord("on");
        Name table = parser.names().qualified();
        if (!tokens.acceptWord("cascade")) {
            tokens.acceptWord("restrict");
        }
        return new Statement.DropPolicy(name, table, ifExists);
    }
}
