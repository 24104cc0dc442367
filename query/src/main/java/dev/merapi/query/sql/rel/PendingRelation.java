package dev.merapi.query.sql.rel;

import dev.merapi.query.sql.expression.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/** A query all of whose columns have types already. */
public record PendingRelation(RelNode rel, List<String> names, int position) implements PendingQuery {
    @Override
    public List<Term> outputs() {
        List<Term> outputs = new ArrayList<>();
        for (RexNode reference : Rels.references(rel, 0, rel.getRowType().getFieldCount())) {
            outputs.add(new Term.Value(reference, position));
        }
        return outputs;
    }

    @Override
    public RelNode finish(ColumnCoercion coercion) {
        List<RexNode> columns = new ArrayList<>();
        boolean same = true;
        for (Term output : outputs()) {
            RexNode column = coercion.apply(output, columns.size());
            same &= Rels.columnIndex(column) == columns.size();
            columns.add(column);
        }
        return same ? rel : Rels.project(rel, columns, names, Set.of());
    }
}
