package dev.merapi.query.dataflow.compile;

import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.query.expr.RelTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a stage of a plan emits: the tag of their scope, then columns. Without a scope they are the same for
 * everybody and have no tag.
 */
record Flow(int stage, @Nullable Scope scope, List<RelDataType> columns) {
    Flow {
        columns = List.copyOf(columns);
    }

    static List<RelDataType> columns(RelNode node) {
        return node.getRowType().getFieldList().stream()
                .map(RelDataTypeField::getType)
                .toList();
    }

    /** The number of columns in front of the first own one. */
    int tags() {
        return scope == null ? 0 : scope.width();
    }

    int width() {
        return columns.size();
    }

    /** The types of all columns; a subscriber passes for a number, it is never looked into. */
    List<ColumnType> types() {
        List<ColumnType> types = new ArrayList<>();
        for (int i = 0; i < tags(); i++) {
            types.add(ScalarType.I64);
        }
        columns.forEach(column -> types.add(RelTypes.columnType(column)));
        return types;
    }

    /** The same rows seen from an outer scope: what this scope's tag has more becomes columns. */
    Flow seenFrom(@Nullable Scope outer, List<RelDataType> more) {
        List<RelDataType> all = new ArrayList<>(more);
        all.addAll(columns);
        return new Flow(stage, outer, all);
    }
}
