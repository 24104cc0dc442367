package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Name;
import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.ast.Statement;
import dev.merapi.query.sql.ast.Statement.TransactionControl.Verb;
import dev.merapi.query.sql.token.SyntaxErrors;
import dev.merapi.query.sql.token.Token;
import dev.merapi.query.sql.token.TokenStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells statements apart by their first words. */
final class StatementParser {
    /** Statements of PostgreSQL that Merapi does not have, with the way out. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("copy", "use INSERT with many rows"),
            Map.entry("call", "call functions in a SELECT"),
            Map.entry("do", "send the statements themselves"),
            Map.entry("prepare", "plans are cached by text: send the statement with parameters"),
            Map.entry("execute", "plans are cached by text: send the statement with parameters"),
            Map.entry("deallocate", "plans are cached by text: there is nothing to free"),
            Map.entry("declare", "read the result, or subscribe to the query"),
            Map.entry("fetch", "read the result, or subscribe to the query"),
            Map.entry("move", "read the result, or subscribe to the query"),
            Map.entry("close", "read the result, or subscribe to the query"),
            Map.entry("listen", "subscribe to a query"),
            Map.entry("unlisten", "subscribe to a query"),
            Map.entry("notify", "write to a table that others subscribe to"),
            Map.entry("lock", "each request is alone with the database: nothing is to be locked"),
            Map.entry("grant", "access is configured at the server"),
            Map.entry("revoke", "access is configured at the server"),
            Map.entry("comment", "keep comments with the schema's source"),
            Map.entry("security", "access is configured at the server"),
            Map.entry("vacuum", "space is reclaimed by itself"),
            Map.entry("analyze", "there are no statistics to collect"),
            Map.entry("analyse", "there are no statistics to collect"),
            Map.entry("cluster", "rows keep their order by themselves"),
            Map.entry("reindex", "indexes are always in order"),
            Map.entry("checkpoint", "checkpoints are taken by themselves"),
            Map.entry("discard", "a request leaves nothing behind in its session"),
            Map.entry("refresh", "subscribe to the query: its result stays up to date"),
            Map.entry("reassign", "tables have no owners"),
            Map.entry("import", "copy the tables"),
            Map.entry("load", "there are no extensions"));

    private final TokenStream tokens;
    private final Parser parser;

    StatementParser(TokenStream tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    Statement statement() {
        Token token = tokens.peek();
        if (token.isPunctuation("(")) {
            return new Statement.QueryStatement(parser.queries().query());
        }
        if (token.kind() != Token.Kind.WORD) {
            throw SyntaxErrors.unexpected(token).hint("expected a statement");
        }
        return switch (token.text()) {
            case "select", "values", "table", "with", "insert", "update", "delete", "merge" -> withOrWithout();
            case "create" -> create();
            case "alter" -> alter();
            case "drop" -> drop();
            case "truncate" -> truncate();
            case "explain" -> explain();
            case "begin", "start", "commit", "end", "rollback", "abort" -> transactionControl();
            case "savepoint", "release" -> savepoint();
            case "set", "reset", "show" -> new SettingParser(tokens, parser).statement();
            default -> throw refused(token);
        };
    }

    /** The statement in a WITH clause: a query, or one that writes. */
    Statement inWith() {
        Token token = tokens.peek();
        return token.isPunctuation("(")
                ? new Statement.QueryStatement(parser.queries().query())
                : withOrWithout();
    }

    private Statement withOrWithout() {
        Query.With with = parser.queries().with();
        Token token = tokens.peek();
        if (token.isWord("insert")) {
            return parser.writes().insert(with);
        }
        if (token.isWord("update")) {
            return parser.writes().update(with);
        }
        if (token.isWord("delete")) {
            return parser.writes().delete(with);
        }
        if (token.isWord("merge")) {
            return MergeParser.parse(tokens, parser, with);
        }
        return new Statement.QueryStatement(parser.queries().query(with));
    }

    private static RuntimeException refused(Token token) {
        String hint = REFUSED.get(token.text());
        return hint == null
                ? SyntaxErrors.unexpected(token).hint("expected a statement such as SELECT, INSERT or CREATE TABLE")
                : SyntaxErrors.unsupported(token, token.text().toUpperCase(Locale.ROOT), hint);
    }

    private Statement create() {
        Token create = tokens.next();
        if (tokens.acceptWord("table")) {
            return parser.tables().createTable();
        }
        if (tokens.acceptWord("unlogged")) {
            tokens.expectWord("table"); // whether there is a log is the server's configuration
            return parser.tables().createTable();
        }
        if (tokens.acceptWord("index")) {
            return parser.tables().createIndex(false);
        }
        if (tokens.acceptWords("unique", "index")) {
            return parser.tables().createIndex(true);
        }
        if (tokens.acceptWord("schema")) {
            return createSchema();
        }
        if (tokens.acceptWord("policy")) {
            return new PolicyParser(tokens, parser).create();
        }
        Token what = tokens.peek();
        if (what.kind() != Token.Kind.WORD) {
            throw SyntaxErrors.unexpected(what);
        }
        String hint = switch (what.text()) {
            case "temp", "temporary", "local", "global" -> "create a plain table and drop it when done";
            case "view", "materialized", "recursive" -> "subscribe to the query, or repeat it";
            case "sequence" -> "declare the column serial or GENERATED … AS IDENTITY";
            case "type", "domain" -> "use text with a CHECK";
            case "or" -> "functions and views live in the application";
            default -> "Merapi has tables, indexes, schemas and policies";
        };
        throw SyntaxErrors.unsupported(create, "CREATE " + what.text().toUpperCase(Locale.ROOT), hint);
    }

    private Statement createSchema() {
        boolean ifNotExists = tokens.acceptWords("if", "not", "exists");
        Name name = parser.names().simple();
        if (tokens.isWord("authorization")) {
            throw SyntaxErrors.unsupported(tokens.peek(), "AUTHORIZATION", "schemas have no owners");
        }
        return new Statement.CreateSchema(name, ifNotExists);
    }

    private Statement alter() {
        Token alter = tokens.next();
        if (tokens.acceptWord("table")) {
            return new AlterParser(tokens, parser).alterTable();
        }
        if (tokens.acceptWord("policy")) {
            return new PolicyParser(tokens, parser).alter();
        }
        Token what = tokens.peek();
        throw SyntaxErrors.unsupported(
                alter,
                "ALTER " + SyntaxErrors.quote(what.text()).toUpperCase(Locale.ROOT),
                "use ALTER TABLE or ALTER POLICY");
    }

    private Statement drop() {
        Token drop = tokens.next();
        if (tokens.acceptWord("policy")) {
            return new PolicyParser(tokens, parser).drop();
        }
        Statement.Drop.Kind kind;
        if (tokens.acceptWord("table")) {
            kind = Statement.Drop.Kind.TABLE;
        } else if (tokens.acceptWord("index")) {
            kind = Statement.Drop.Kind.INDEX;
            tokens.acceptWord("concurrently");
        } else if (tokens.acceptWord("schema")) {
            kind = Statement.Drop.Kind.SCHEMA;
        } else {
            throw SyntaxErrors.unsupported(
                    drop,
                    "DROP " + SyntaxErrors.quote(tokens.peek().text()).toUpperCase(Locale.ROOT),
                    "Merapi has tables, indexes, schemas and policies");
        }
        boolean ifExists = tokens.acceptWords("if", "exists");
        List<Name> names = tokens.commaList(parser.names()::qualified);
        return new Statement.Drop(kind, names, ifExists, cascade());
    }

    /** CASCADE or RESTRICT; the latter is the default. */
    private boolean cascade() {
        if (tokens.acceptWord("cascade")) {
            return true;
        }
        tokens.acceptWord("restrict");
        return false;
    }

    private Statement truncate() {
        tokens.next();
        tokens.acceptWord("table");
        tokens.acceptWord("only");
        List<Name> tables = tokens.commaList(() -> {
            Name name = parser.names().qualified();
            if (tokens.peek().isOperator("*")) {
                tokens.next();
            }
            return name;
        });
        boolean restart = tokens.acceptWords("restart", "identity");
        if (!restart) {
            tokens.acceptWords("continue", "identity");
        }
        return new Statement.Truncate(tables, restart, cascade());
    }

    private Statement explain() {
        tokens.next();
        boolean analyze = false;
        boolean live = false;
        if (tokens.acceptPunctuation("(")) {
            for (Name option : tokens.commaList(this::explainOption)) {
                analyze |= option.last().equals("analyze");
                live |= option.last().equals("live");
            }
            tokens.expectPunctuation(")");
        } else {
            live = tokens.acceptWord("live");
            analyze = !live && (tokens.acceptWord("analyze") || tokens.acceptWord("analyse"));
            tokens.acceptWord("verbose");
        }
        Token token = tokens.peek();
        boolean explainable = token.isPunctuation("(")
                || parser.queries().startsQuery(token)
                || token.isWord("insert")
                || token.isWord("update")
                || token.isWord("delete");
        if (!explainable) {
            throw SyntaxErrors.unexpected(token).hint("EXPLAIN is followed by SELECT, INSERT, UPDATE or DELETE");
        }
        return new Statement.Explain(statement(), analyze, live);
    }

    /** An option with an optional value; one that is switched off is returned as no name that matters. */
    private Name explainOption() {
        Token token = tokens.peek();
        int position = tokens.position(token);
        String name = tokens.anyLabel();
        if (name.equals("format")) {
            String format = tokens.anyLabel();
            if (!format.equals("text")) {
                throw SyntaxErrors.unsupported(
                        token, "EXPLAIN FORMAT " + SyntaxErrors.quote(format), "use FORMAT TEXT");
            }
        }
        boolean off = tokens.acceptWord("false") || tokens.acceptWord("off");
        if (!off && !tokens.acceptWord("true")) {
            tokens.acceptWord("on");
        }
        return new Name(List.of(off ? "off" : name.equals("analyse") ? "analyze" : name), position);
    }

    private Statement savepoint() {
        boolean release = tokens.next().isWord("release");
        if (release) {
            tokens.acceptWord("savepoint");
        }
        String name = tokens.columnName();
        return new Statement.SavepointControl(
                release ? Statement.SavepointControl.Step.RELEASE : Statement.SavepointControl.Step.SAVEPOINT, name);
    }

    private Statement transactionControl() {
        Token verb = tokens.next();
        if (verb.isWord("rollback") || verb.isWord("abort")) {
            noise();
            if (tokens.acceptWord("to")) {
                tokens.acceptWord("savepoint");
                return new Statement.SavepointControl(Statement.SavepointControl.Step.ROLLBACK, tokens.columnName());
            }
        }
        return new Statement.TransactionControl(
                switch (verb.text()) {
                    case "begin" -> {
                        noise();
                        transactionModes();
                        yield Verb.BEGIN;
                    }
                    case "start" -> {
                        tokens.expectWord("transaction");
                        transactionModes();
                        yield Verb.BEGIN;
                    }
                    case "commit", "end" -> {
                        endOfTransaction(verb);
                        yield Verb.COMMIT;
                    }
                    default -> {
                        endOfTransaction(verb);
                        yield Verb.ROLLBACK;
                    }
                });
    }

    private void endOfTransaction(Token verb) {
        noise();
        if (tokens.isWord("prepared")) {
            throw SyntaxErrors.unsupported(verb, "two-phase commit", "send the statements as one request");
        }
        tokens.acceptWords("and", "no", "chain");
    }

    private void noise() {
        if (!tokens.acceptWord("work")) {
            tokens.acceptWord("transaction");
        }
    }

    private void isolationLevel() {
        if (!tokens.acceptWord("serializable")
                && !tokens.acceptWords("repeatable", "read")
                && !tokens.acceptWords("read", "committed")
                && !tokens.acceptWords("read", "uncommitted")) {
            throw SyntaxErrors.unexpected(tokens.peek());
        }
    }

    /** Every transaction is serializable, which is at least what any of these asks for. */
    private void transactionModes() {
        while (!tokens.atEnd()) {
            if (tokens.acceptWords("isolation", "level")) {
                isolationLevel();
            } else if (!tokens.acceptWords("read", "write")
                    && !tokens.acceptWords("read", "only")
                    && !tokens.acceptWords("not", "deferrable")
                    && !tokens.acceptWord("deferrable")) {
                throw SyntaxErrors.unexpected(tokens.peek());
            }
            tokens.acceptPunctuation(",");
        }
    }
}
