package dev.merapi.query.sql.select;

import dev.merapi.query.sql.ast.Query;
import dev.merapi.query.sql.expression.Coercion;
import dev.merapi.query.sql.expression.ExpressionBinder;
import dev.merapi.query.sql.expression.Term;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** A bound list of output columns outside a SELECT: RETURNING. */
public final class SelectList {
    private final List<String> names;
    private final List<RexNode> settled;

    private SelectList(List<String> names, List<RexNode> settled) {
        this.names = names;
        this.settled = settled;
    }

    public static SelectList bind(ExpressionBinder binder, List<Query.Item> items) {
        SelectExpressions expressions = new SelectExpressions(binder);
        expressions.addItems(items);
        Coercion coercion = binder.coercion();
        List<RexNode> nodes = new ArrayList<>();
        for (Term item : expressions.items()) {
            nodes.add(coercion.settled(item));
        }
        return new SelectList(List.copyOf(expressions.names()), nodes);
    }

    public List<String> names() {
        return names;
    }

    /** The expressions; those of unknown type have become text. */
    public List<RexNode> settled() {
        return settled;
    }
}
