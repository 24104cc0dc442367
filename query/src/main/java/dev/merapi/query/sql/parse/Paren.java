package dev.merapi.query.sql.parse;

import dev.merapi.query.sql.ast.Expr;
import dev.merapi.query.sql.ast.Query;
import java.util.List;

/** What parentheses turned out to hold. */
sealed interface Paren {
    record OfQuery(Query query) implements Paren {}

    /** One or more expressions. */
    record OfExpressions(List<Expr> expressions) implements Paren {}
}
