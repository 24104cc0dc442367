package dev.merapi.query.sql.rel;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Makes relational nodes as they stand: nothing is simplified, merged or reordered here. */
public final class Rels {
    private Rels() {}

    /** A filter; {@code variables} are hung on it if its condition contains a query. */
    public static RelNode filter(RelNode input, RexNode condition, Set<CorrelationId> variables) {
        return LogicalFilter.create(input, condition, needed(List.of(condition), variables));
    }

    /** A projection; {@code variables} are hung on it if one of its expressions contains a query. */
    public static RelNode project(
            RelNode input, List<RexNode> expressions, List<String> names, Set<CorrelationId> variables) {
        return LogicalProject.create(input, List.of(), expressions, names, needed(expressions, variables));
    }

    private static ImmutableSet<CorrelationId> needed(List<RexNode> expressions, Set<CorrelationId> variables) {
        return !variables.isEmpty() && RexUtil.SubQueryFinder.find(expressions) != null
                ? ImmutableSet.copyOf(variables)
                : ImmutableSet.of();
    }

    /** The first {@code count} columns of a node. */
    public static RelNode prefix(RelNode input, int count, List<String> names) {
        return input.getRowType().getFieldCount() == count
                ? input
                : project(input, references(input, 0, count), names, Set.of());
    }

    /** References to the columns {@code [from, to)} of a node. */
    public static List<RexNode> references(RelNode input, int from, int to) {
        RexBuilder rex = input.getCluster().getRexBuilder();
        List<RexNode> references = new ArrayList<>();
        for (int i = from; i < to; i++) {
            references.add(rex.makeInputRef(input, i));
        }
        return references;
    }

    /** Names for columns that nobody sees. */
    public static List<String> anonymousNames(int count) {
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add("$" + i);
        }
        return names;
    }

    /** The index of an expression that is nothing but a column; -1 for any other. */
    static int columnIndex(RexNode node) {
        return node instanceof RexInputRef ref ? ref.getIndex() : -1;
    }

    /** A struct type like another one under other names. */
    public static RelDataType renamed(RelNode rel, List<String> names) {
        List<RelDataType> types = rel.getRowType().getFieldList().stream()
                .map(RelDataTypeField::getType)
                .toList();
        return rel.getCluster().getTypeFactory().createStructType(types, names);
    }
}
