package dev.merapi.query.sql.rel;

import dev.merapi.query.expr.relation.WorkingTableNode;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.util.Util;

/** Looks for reads of a working table, in queries inside expressions too. */
public final class WorkingTables extends RelHomogeneousShuttle {
    private final int workingTable;

    private final RexShuttle expressions = new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            query.rel.accept(WorkingTables.this);
            return super.visitSubQuery(query);
        }
    };

    private WorkingTables(int workingTable) {
        this.workingTable = workingTable;
    }

    public static boolean reads(RelNode rel, int workingTable) {
        try {
            rel.accept(new WorkingTables(workingTable));
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
    }

    @Override
    public RelNode visit(RelNode other) {
        if (other instanceof WorkingTableNode table && table.workingTable() == workingTable) {
            throw Util.FoundOne.NULL;
        }
        other.accept(expressions);
        return super.visit(other);
    }
}
