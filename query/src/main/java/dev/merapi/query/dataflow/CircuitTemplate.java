package dev.merapi.query.dataflow;

import dev.merapi.query.dataflow.compile.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The plan of circuits for one query, whatever its parameters. Immutable and safe for any thread. */
public final class CircuitTemplate {
    private final Plan plan;
    private final int parameterCount;

    CircuitTemplate(Plan plan, int parameterCount) {
        this.plan = plan;
        this.parameterCount = parameterCount;
    }

    /** An empty circuit: {@link Circuit#hydrate} it first. */
    public Circuit newCircuit() {
        return newCircuit(Long.MAX_VALUE);
    }

    /**
     * The same with a bound.
     *
     * @param maxRows to be held between two commits; while a change is worked on it may be a few times as many
     */
    public Circuit newCircuit(long maxRows) {
        return new Circuit(this, maxRows);
    }

    /** The ids of the tables whose changes the circuit has to hear of. */
    public Set<Integer> tables() {
        return plan.tables().keySet();
    }

    /** Whether one circuit serves all subscribers, whatever their parameters. */
    public boolean shared() {
        return true;
    }

    /** The operators, inputs before those that read them, then what is held of which rows by which key. */
    public List<String> explain() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < plan.stages().size(); i++) {
            lines.add("#" + i + " " + plan.stages().get(i).text());
        }
        plan.arrangements().forEach(arranged -> lines.add("Arrangement " + arranged.text()));
        return lines;
    }

    Plan plan() {
        return plan;
    }

    int parameterCount() {
        return parameterCount;
    }
}
