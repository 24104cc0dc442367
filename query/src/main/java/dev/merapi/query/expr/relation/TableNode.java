package dev.merapi.query.expr.relation;

import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.RelTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/**
 * The rows of a stored table. Which of its indexes is used is decided later, when the node is made executable.
 *
 * <p>With {@code rowId} the last column is {@value #ROW_ID}, the number under which the store keeps the row: what an
 * UPDATE or DELETE needs of the rows it has found.
 */
public final class TableNode extends AbstractRelNode {
    /** Name of the row id column; no column can be called so, for a name in SQL text stands for itself. */
    public static final String ROW_ID = "$rowid";

    private final TableSchema schema;
    private final boolean rowId;

    private TableNode(RelOptCluster cluster, TableSchema schema, boolean rowId) {
        super(cluster, cluster.traitSetOf(Convention.NONE));
        this.schema = schema;
        this.rowId = rowId;
    }

    /** Makes a node; {@code rowId} adds the row id as last column. */
    public static TableNode create(RelOptCluster cluster, TableSchema schema, boolean rowId) {
        return new TableNode(cluster, schema, rowId);
    }

    public TableSchema schema() {
        return schema;
    }

    /** Whether the last column is the row id. */
    public boolean rowId() {
        return rowId;
    }

    /** The unique indexes none of whose columns may be NULL: each identifies a row. */
    public List<IndexDefinition> keys() {
        return schema.indexes().stream()
                .filter(index -> index.unique()
                        && index.columns().stream()
                                .noneMatch(
                                        column -> schema.columns().get(column).nullable()))
                .toList();
    }

    @Override
    protected RelDataType deriveRowType() {
        List<RelDataType> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (ColumnDefinition column : schema.columns()) {
            types.add(RelTypes.standard().of(column.type(), column.nullable()));
            names.add(column.name());
        }
        if (rowId) {
            types.add(RelTypes.standard().of(ScalarType.I64, false));
            names.add(ROW_ID);
        }
        return getCluster().getTypeFactory().createStructType(types, names);
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("table", schema.name())
                .item("id", schema.tableId())
                .itemIf("rowId", true, rowId);
    }
}
