package dev.merapi.query.sql.rel;

import dev.merapi.query.sql.scope.BindContext;
import dev.merapi.query.sql.scope.Relation;
import dev.merapi.query.sql.scope.Relation.ScopeColumn;
import dev.merapi.query.sql.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A part of a FROM clause: its rows, and what names mean in them. {@code columns} are those a bare name can mean and
 * {@code *} stands for, in order; {@code relations} what qualifiers can mean.
 */
public record FromResult(RelNode rel, List<ScopeColumn> columns, List<Relation> relations) {
    public FromResult {
        columns = List.copyOf(columns);
        relations = List.copyOf(relations);
    }

    /** One relation whose columns are those of a node. */
    public static FromResult of(RelNode rel, Relation relation) {
        return new FromResult(rel, relation.columns(), List.of(relation));
    }

    /** The columns of a node under these names. */
    public static List<ScopeColumn> columnsOf(RelNode rel, List<String> names) {
        List<RexNode> references = Rels.references(rel, 0, names.size());
        List<ScopeColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new ScopeColumn(names.get(i), references.get(i)));
        }
        return columns;
    }

    public Scope scope(BindContext context, @Nullable Scope parent) {
        return new Scope(context, parent, rel.getRowType(), columns, relations);
    }

    public int width() {
        return rel.getRowType().getFieldCount();
    }

    /** The same names over another node. */
    public FromResult on(RelNode newRel, UnaryOperator<RexNode> change) {
        return new FromResult(
                newRel,
                Relation.map(columns, change),
                relations.stream().map(relation -> relation.map(change)).toList());
    }
}
