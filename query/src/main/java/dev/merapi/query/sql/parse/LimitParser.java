package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import org.jspecify.annotations.Nullable;

/** The end of a query: LIMIT, OFFSET, FETCH and FOR UPDATE, each at most once but the last, in any order. */
final class LimitParser {
    private final TokenStream tokens;
    private final Parser parser;
    private @Nullable Expr count;
    private @Nullable Expr offset;
    private boolean counted;
    private boolean withTies;
    private boolean locking;

    LimitParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    void run() {
        while (true) {
            Token token = tokens.peek();
            if (token.isWord("limit")) {
                once(counted, token);
                limit();
            } else if (token.isWord("fetch")) {
                once(counted, token);
                fetch();
            } else if (token.isWord("offset")) {
                once(offset != null, token);
                tokens.next();
                offset = parser.expressions().expression();
                if (!tokens.acceptWord("rows")) {
                    tokens.acceptWord("row");
                }
            } else if (token.isWord("for")) {
                tokens.next();
                lock();
            } else {
                return;
            }
        }
    }

    Query.Limit limitClause() {
        return new Query.Limit(count, offset, withTies);
    }

    boolean locking() {
        return locking;
    }

    private static void once(boolean seen, Token token) {
        if (seen) {
            throw SyntaxErrors.unexpected(token).hint("the clause was given already");
        }
    }

    private void limit() {
        tokens.next();
        counted = true;
        if (tokens.acceptWord("all")) {
            return;
        }
        count = parser.expressions().expression();
        if (tokens.isPunctuation(",")) {
            throw SyntaxErrors.unexpected(tokens.peek()).hint("write LIMIT count OFFSET start");
        }
    }

    private void fetch() {
        tokens.next();
        counted = true;
        if (!tokens.acceptWord("first")) {
            tokens.expectWord("next");
        }
        int position = tokens.position();
        count = tokens.isWord("row") || tokens.isWord("rows")
                ? new Expr.NumberLiteral("1", position)
                : parser.primaries().primary();
        if (!tokens.acceptWord("rows")) {
            tokens.expectWord("row");
        }
        withTies = tokens.acceptWords("with", "ties");
        if (!withTies) {
            tokens.expectWord("only");
        }
    }

    /** FOR UPDATE and its kin: there is one writer and it is this statement, so nothing is to be locked. */
    private void lock() {
        if (tokens.acceptWords("read", "only")) {
            return;
        }
        locking = true;
        if (!tokens.acceptWords("no", "key", "update") && !tokens.acceptWords("key", "share")) {
            if (!tokens.acceptWord("update")) {
                tokens.expectWord("share");
            }
        }
        if (tokens.acceptWord("of")) {
            tokens.commaList(parser.names()::qualified);
        }
        if (!tokens.acceptWord("nowait")) {
            tokens.acceptWords("skip", "locked");
        }
    }
}
