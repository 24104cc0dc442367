package dev.merapi.query.live;

import dev.merapi.query.live.row.NetChanges;
import dev.merapi.query.live.row.ResultRows;
import dev.merapi.query.live.upkeep.MaintainedCircuit;
import dev.merapi.query.live.upkeep.Upkeep;
import java.util.List;

/**
 * The result of a query that joins, groups, orders or otherwise needs more than the changed row. It keeps its rows, so
 * that any two of its states can be told apart; what keeps them current is its {@link Upkeep}. Owned by the live
 * thread.
 */
public final class DerivedResult extends LiveResult {
    private final DerivedQuery query;
    private final ResultRows rows;
    /** Changes when a circuit cannot go on. */
    private Upkeep upkeep;

    DerivedResult(DerivedQuery query, ResultRows rows, Upkeep upkeep) {
        super(rows.id());
        this.query = query;
        this.rows = rows;
        this.upkeep = upkeep;
    }

    @Override
    public DerivedQuery query() {
        return query;
    }

    ResultRows resultRows() {
        return rows;
    }

    Upkeep upkeep() {
        return upkeep;
    }

    void upkeep(Upkeep other) {
        upkeep = other;
    }

    /** Whether its rows are known: false before they have been computed for the first time. */
    public boolean hasRows() {
        return rows.known();
    }

    /** The commit up to which {@link #rows} are right. */
    public long asOf() {
        return upkeep.asOf();
    }

    /** Whether it stands still for a while, because its circuit is being worked on elsewhere. */
    public boolean isAway() {
        return upkeep instanceof MaintainedCircuit circuit && circuit.isStale();
    }

    /** Whether its rows are behind the commits applied, or not known at all. */
    public boolean isStale() {
        return !rows.known() || upkeep.isStale();
    }

    /** The rows as of {@link #asOf}, in no order; a list of the caller's own. */
    public List<byte[]> rows() {
        return rows.toList();
    }

    /** An empty sum of changes, for somebody who will be told later. */
    public NetChanges newChanges() {
        return rows.newChanges();
    }
}
