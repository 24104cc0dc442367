package dev.merapi.query.sql;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.sql.parse.ScriptParser;
import java.util.ArrayList;
import java.util.List;

/** Reads SQL text. Stateless and safe for any thread. */
public final class SqlParser {
    /**
     * Parses a script of statements separated by semicolons; empty ones are left out.
     *
     * @throws CodedException SYNTAX_ERROR, UNSUPPORTED_SQL, STATEMENT_LIMIT or STATEMENT_TOO_COMPLEX, with a position
     *     in the script
     */
    public List<ParsedStatement> parse(String script) {
        List<ParsedStatement> statements = new ArrayList<>();
        for (ScriptParser.Part part : ScriptParser.parse(script)) {
            statements.add(new ParsedStatement(part.sql(), part.offset(), part.statement()));
        }
        return statements;
    }

    /**
     * Splits a script into the texts of its statements without parsing them: texts, comments and dollar quotes are
     * understood, everything else may be wrong.
     *
     * @throws CodedException SYNTAX_ERROR for an unclosed text or comment, STATEMENT_LIMIT
     */
    public List<String> split(String script) {
        return ScriptParser.split(script);
    }
}
