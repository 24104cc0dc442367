package dev.merapi.query.sql.rel;

import dev.merapi.query.expr.relation.WorkingTableNode;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;

/** A common table expression while its name is in sight: a working table, and how often it was read. */
public final class Cte {
    private final int workingTable;
    private final RelDataType rowType;
    private final List<String> names;
    private int uses;

    public Cte(int workingTable, RelDataType rowType, List<String> names) {
        this.workingTable = workingTable;
        this.rowType = rowType;
        this.names = names;
    }

    public int workingTable() {
        return workingTable;
    }

    public List<String> names() {
        return names;
    }

    public int uses() {
        return uses;
    }

    public RelNode read(RelOptCluster cluster) {
        uses++;
        return WorkingTableNode.create(cluster, workingTable, rowType);
    }
}
