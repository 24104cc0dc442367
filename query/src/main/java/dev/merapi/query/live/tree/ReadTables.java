package dev.merapi.query.live.tree;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.query.expr.relation.TableNode;
import dev.merapi.query.system.SystemTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** What a whole tree depends on, queries inside its expressions included: the tables it reads, and who asks. */
public final class ReadTables {
    private final Map<Integer, TableSchema> tables = new LinkedHashMap<>();
    private boolean asksForCaller;
    private boolean hasSubqueries;

    private ReadTables() {}

    /**
     * Looks through a tree.
     *
     * @throws CodedException LIVE_UNSUPPORTED when something in it changes without a commit
     */
    public static ReadTables of(RelNode tree) {
        ReadTables found = new ReadTables();
        found.visit(tree);
        return found;
    }

    public List<TableSchema> tables() {
        return new ArrayList<>(tables.values());
    }

    /** Whether it asks who the caller is. */
    public boolean asksForCaller() {
        return asksForCaller;
    }

    /** Whether there are queries inside its expressions. */
    public boolean hasSubqueries() {
        return hasSubqueries;
    }

    private void visit(RelNode node) {
        if (node instanceof TableNode table) {
            requireStored(table.schema());
            tables.put(table.schema().tableId(), table.schema());
        }
        node.accept(expressions());
        node.getInputs().forEach(this::visit);
    }

    private static void requireStored(TableSchema table) {
        if (SystemTables.isSystem(table.tableId())) {
            throw new CodedException(ErrorCode.LIVE_UNSUPPORTED, "commits do not tell what changed in a system table")
                    .with("table", table.name())
                    .hint("run the query once");
        }
    }

    private RexShuttle expressions() {
        return new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                ParameterLifting.requireMaintainable(call);
                asksForCaller |= ParameterLifting.isCallerFunction(call);
                return super.visitCall(call);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                hasSubqueries = true;
                visit(query.rel);
                return super.visitSubQuery(query);
            }
        };
    }
}
