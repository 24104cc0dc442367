package dev.merapi.query.sql;

import dev.merapi.api.schema.PolicyDefinition;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * What row policies demand of rows before anything is done with them.
 *
 * @param workingTable number of the {@code WorkingTableNode} that stands for the rows in all checks
 */
public record PolicyChecks(int workingTable, List<Check> checks) {
    /**
     * One demand.
     *
     * @param policy the restrictive policy; null when it is that one of the permissive policies lets the row through
     * @param command what is to be done
     * @param existing whether it is held against USING rather than WITH CHECK
     * @param violating the rows that do not satisfy it
     */
    public record Check(
            @Nullable String policy, PolicyDefinition.Command command, boolean existing, RelNode violating) {}

    public PolicyChecks {
        checks = List.copyOf(checks);
    }
}
