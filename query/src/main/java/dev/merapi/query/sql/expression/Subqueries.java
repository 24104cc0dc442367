package dev.merapi.query.sql.expression;

import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.scope.Scope;
import org.apache.calcite.rel.RelNode;

/** Binds the queries inside expressions. */
public interface Subqueries {
    /** Binds a query that may name the columns of {@code outer}; output columns of unknown type become text. */
    RelNode bind(Query query, Scope outer);
}
