package dev.merapi.query.dataflow.compile;

import dev.merapi.query.dataflow.arrange.Arrangement;
import dev.merapi.query.dataflow.operator.Operator;
import dev.merapi.query.dataflow.operator.ParameterSource;
import dev.merapi.query.dataflow.operator.Results;
import dev.merapi.query.dataflow.operator.TableSource;
import dev.merapi.query.dataflow.zset.Delta;
import dev.merapi.query.dataflow.zset.Sink;
import dev.merapi.query.expr.EvalContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operators of one circuit, put together by a plan. Owned by one thread. */
public final class Assembly {
    private final Plan plan;
    private final EvalContext constants = EvalContext.ofParameters(List.of());
    private final List<Operator> operators = new ArrayList<>();
    private final @Nullable Delta[] deltas;
    private final List<Arrangement> arrangements = new ArrayList<>();
    /** How many operators asked for each arrangement. */
    private final int[] uses;

    private final Results results;

    public Assembly(Plan plan) {
        this.plan = plan;
        this.deltas = new @Nullable Delta[plan.stages().size()];
        this.uses = new int[plan.arrangements().size()];
        // An arrangement is asked for by stages behind the one it arranges, so all can be made while these are.
        for (Plan.Stage stage : plan.stages()) {
            operators.add(stage.maker().make(this));
            arrangeNext();
        }
        results = new Results(plan.output().columns(), plan.output().order(), constants);
        operators.get(plan.output().stage()).feed(results);
    }

    private void arrangeNext() {
        while (arrangements.size() < plan.arrangements().size()) {
            Plan.Arranged next = plan.arrangements().get(arrangements.size());
            if (next.stage() >= operators.size()) {
                return;
            }
            arrangements.add(new Arrangement(delta(next.stage()), next.key(), constants));
        }
    }

    /** Lets an operator read a stage row by row. */
    void feed(int stage, Sink reader) {
        operators.get(stage).feed(reader);
    }

    /** What a stage changes, collected. */
    Delta delta(int stage) {
        Delta delta = deltas[stage];
        if (delta == null) {
            delta = new Delta();
            deltas[stage] = delta;
            operators.get(stage).feed(delta);
        }
        return delta;
    }

    /** An arrangement by its number. */
    Arrangement arrangement(int number) {
        uses[number]++;
        return arrangements.get(number);
    }

    /** The context of expressions without parameters. */
    EvalContext constants() {
        return constants;
    }

    /** The sources of a table's changes. */
    public List<TableSource> table(int tableId) {
        List<Integer> stages = plan.tables().getOrDefault(tableId, List.of());
        return stages.stream().map(stage -> (TableSource) operators.get(stage)).toList();
    }

    /** The source of the parameter relation's changes. */
    public ParameterSource parameters() {
        return (ParameterSource) operators.get(plan.parameters());
    }

    public Results results() {
        return results;
    }

    /** Has somebody look now and then, while there is much to do, whether it should go on: he throws if not. */
    public void watch(Runnable watcher) {
        operators.forEach(operator -> operator.watch(watcher));
    }

    /** The steps taken since the start. */
    public long work() {
        long work = 0;
        for (int i = 0; i < operators.size(); i++) {
            work += operators.get(i).work();
        }
        return work;
    }

    /** Rows held, those of a change that is worked on included. */
    public long rows() {
        long rows = 0;
        for (Operator operator : operators) {
            rows += operator.rows();
        }
        for (Arrangement arrangement : arrangements) {
            rows += arrangement.rows();
        }
        for (Delta delta : deltas) {
            rows += delta == null ? 0 : delta.size();
        }
        return rows;
    }

    /** Brings what the sources have passed on to the end, and makes it part of what is held. */
    public void run() {
        for (int i = 0; i < operators.size(); i++) {
            Operator operator = operators.get(i);
            operator.step();
            Delta delta = deltas[i];
            if (delta != null && !operator.isSource()) {
                delta.consolidate();
            }
        }
        for (Arrangement arrangement : arrangements) {
            arrangement.settle();
        }
        clearDeltas();
    }

    private void clearDeltas() {
        for (Delta delta : deltas) {
            if (delta != null) {
                delta.clear();
            }
        }
    }

    /**
     * After a run that failed: makes it as if it had not been, if nothing but arrangements is held; these take changes
     * in at the end of a run only.
     *
     * @return whether that was so
     */
    public boolean undo() {
        if (operators.stream().anyMatch(Operator::isHolding)) {
            return false;
        }
        arrangements.forEach(Arrangement::discard);
        clearDeltas();
        results.discard();
        return true;
    }

    public List<Operator> operators() {
        return List.copyOf(operators);
    }

    public List<Arrangement> arrangements() {
        return List.copyOf(arrangements);
    }

    /** How many operators look into an arrangement. */
    public int uses(int arrangement) {
        return uses[arrangement];
    }
}
