package dev.merapi.query.sql.parse;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.token.Lexer;
import dev.merapi.query.sql.token.SqlLimits;
import dev.merapi.query.sql.token.Token;
import java.util.ArrayList;
import java.util.List;

/** Takes a script apart at its semicolons. */
public final class ScriptParser {
    private ScriptParser() {}

    /** A statement with its text and the offset of that text in the script. */
    public record Part(String sql, int offset, Statement statement) {}

    /** The tokens {@code [from, to)} of one statement. */
    private record Range(int from, int to) {}

    public static List<Part> parse(String script) {
        List<Token> tokens = tokens(script);
        List<Part> parts = new ArrayList<>();
        for (Range range : ranges(tokens)) {
            int offset = tokens.get(range.from()).start();
            Statement statement = Parser.statement(script, tokens, range.from(), range.to(), offset);
            parts.add(new Part(text(script, tokens, range), offset, statement));
        }
        return parts;
    }

    public static List<String> split(String script) {
        List<Token> tokens = tokens(script);
        return ranges(tokens).stream().map(range -> text(script, tokens, range)).toList();
    }

    /** Parses a text that is one expression, such as a stored default or check; positions are offsets in it. */
    public static Expr expression(String sql) {
        return Parser.expression(sql, tokens(sql));
    }

    private static List<Token> tokens(String script) {
        if (script.length() > SqlLimits.SCRIPT_LENGTH) {
            throw new CodedException(ErrorCode.STATEMENT_LIMIT, "SQL text is too long")
                    .with("characters", script.length())
                    .with("limit", SqlLimits.SCRIPT_LENGTH)
                    .hint("send it in several parts, or values as parameters");
        }
        return Lexer.tokens(script);
    }

    private static List<Range> ranges(List<Token> tokens) {
        List<Range> ranges = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isPunctuation(";") || token.kind() == Token.Kind.END) {
                if (i > from) {
                    ranges.add(new Range(from, i));
                }
                from = i + 1;
            }
        }
        return ranges;
    }

    private static String text(String script, List<Token> tokens, Range range) {
        return script.substring(
                tokens.get(range.from()).start(), tokens.get(range.to() - 1).end());
    }
}
