package dev.merapi.query.sql.bind;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.sql.BoundQuery;
import dev.merapi.query.sql.BoundStatement;
import dev.merapi.query.sql.ParsedStatement;
import dev.merapi.query.sql.parse.ScriptParser;
import dev.merapi.query.sql.scope.PolicySubject;
import dev.merapi.store.Catalog;
import org.apache.calcite.rex.RexNode;

/** Gives meaning to parsed statements. Stateless and safe for any thread. */
public final class Binder {
    /**
     * Binds a statement.
     *
     * @param schema where names without a schema are looked for, and where new objects go
     * @param subject whose rows it sees and may write
     * @throws CodedException with a position in the statement's text wherever there is a place to point to
     */
    public BoundStatement bind(Catalog catalog, String schema, PolicySubject subject, ParsedStatement statement) {
        return new StatementBinder(catalog, schema, subject).bind(statement.tree());
    }

    /**
     * Binds the condition of a CHECK as it is stored, over the rows of its table.
     *
     * @throws CodedException as for a statement; the position is one in {@code sql}
     */
    public RexNode bindCheck(TableSchema table, String sql) {
        return new TableExpressions(Catalog.EMPTY, table.name().schema()).check(table, ScriptParser.expression(sql));
    }

    /** Whether a bound statement only reads. */
    public static boolean reads(BoundStatement statement) {
        return statement instanceof BoundQuery query && query.with().isEmpty();
    }
}
