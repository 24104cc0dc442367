package dev.merapi.query.sql.rel;

import dev.merapi.query.sql.expression.Term;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/**
 * A query bound except for the types of its output: a quoted text or a parameter in its select list takes its type from
 * what the query is used for (a column to insert into, the other side of a UNION), as in PostgreSQL.
 */
public interface PendingQuery {
    /** Gives an output column its type. */
    @FunctionalInterface
    interface ColumnCoercion {
        RexNode apply(Term term, int column);
    }

    /** The output names; they may repeat. */
    List<String> names();

    /** The output columns; those without a type may still get any. Not to be used as expressions anywhere else. */
    List<Term> outputs();

    /** Completes the query. Called once. */
    RelNode finish(ColumnCoercion coercion);
}
