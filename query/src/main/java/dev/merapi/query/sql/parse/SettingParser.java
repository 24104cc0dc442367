package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.List;

/** SET, RESET and SHOW. */
final class SettingParser {
    private final TokenStream tokens;
    private final Parser parser;

    SettingParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    Statement statement() {
        Token verb = tokens.next();
        return switch (verb.text()) {
            case "set" -> set();
            case "reset" -> new Statement.SetSetting(name(), List.of(), false);
            default -> new Statement.ShowSetting(name());
        };
    }

    private Statement set() {
        boolean local = false;
        if (tokens.isWord("session") || tokens.isWord("local")) {
            Token second = tokens.peek(1);
            if (!second.isWord("to") && !second.isOperator("=")) {
                local = tokens.next().isWord("local");
            }
        }
        int position = tokens.position();
        if (tokens.isWord("transaction") || tokens.isWord("characteristics")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "SET TRANSACTION", "every transaction is serializable");
        }
        if (tokens.acceptWords("time", "zone")) {
            return new Statement.SetSetting(new Name(List.of("timezone"), position), List.of(value()), local);
        }
        Name name = name();
        if (!acceptEquals() && !name.toString().equals("role")) {
            throw SyntaxErrors.unexpected(tokens.next()).hint("expected TO or =");
        }
        if (tokens.acceptWord("default")) {
            return new Statement.SetSetting(name, List.of(), local);
        }
        return new Statement.SetSetting(name, tokens.commaList(this::value), local);
    }

    private boolean acceptEquals() {
        if (tokens.acceptWord("to")) {
            return true;
        }
        if (tokens.peek().isOperator("=")) {
            tokens.next();
            return true;
        }
        return false;
    }

    private Name name() {
        int position = tokens.position();
        if (tokens.acceptWords("time", "zone")) {
            return new Name(List.of("timezone"), position);
        }
        if (tokens.acceptWords("transaction", "isolation", "level")) {
            return new Name(List.of("transaction_isolation"), position);
        }
        if (tokens.acceptWord("all")) {
            return new Name(List.of("all"), position);
        }
        return parser.names().qualified();
    }

    private String value() {
        Token token = tokens.next();
        String sign = "";
        if (token.isOperator("-")) {
            sign = "-";
            token = tokens.next();
        }
        return switch (token.kind()) {
            case WORD, QUOTED, STRING, NUMBER -> sign + token.text();
            case PARAMETER, BITS, OPERATOR, PUNCTUATION, END -> throw SyntaxErrors.unexpected(token);
        };
    }
}
