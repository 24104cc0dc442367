package dev.merapi.query.live.upkeep;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.TableSchema;
import dev.merapi.api.value.RowLayout;
import dev.merapi.query.dataflow.ArrangementSize;
import dev.merapi.query.dataflow.Circuit;
import dev.merapi.query.dataflow.CircuitTemplate;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.live.row.NetChanges;
import dev.merapi.query.live.row.ResultRows;
import dev.merapi.query.live.row.RowBag;
import dev.merapi.query.live.row.RowChange;
import dev.merapi.store.Commit;
import dev.merapi.store.ReadView;
import dev.merapi.store.TableDelta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One circuit for all results of a template. Owned by the live thread.
 *
 * <p>It is either <em>here</em>: then every commit is carried into it at once, and between two commits every result has
 * the rows its query would give if it were run now. Or it is <em>away</em>, because something is to be done that would
 * keep the live thread from everybody else: filling it from a snapshot, a commit of very many rows, a subscriber with
 * very many rows. Then all results stay as they were, commits and newcomers wait, and when the {@link CircuitWork} has
 * come back every result gets the net difference, as of one commit. What waited meanwhile is done here if it is little,
 * else it is the next work.
 *
 * <p>After an exception from any method it is to be thrown away; the rows of all results are right as of {@link #asOf},
 * and nothing waits for {@link #end}.
 */
public final class MaintainedCircuit implements Upkeep {
    /** So many steps per changed row are expected before there has been a change. */
    private static final double FIRST_STEPS_PER_ROW = 3;

    /** How fast an expectation follows what happens. */
    private static final double LEARNING_RATE = 0.25;

    /** Takes what has become of results. */
    public interface Output {
        /** Rows have changed. */
        void changed(ResultRows rows, long offset, long timestampMicros, List<RowChange> changes);

        /** The first rows have come. */
        void begun(ResultRows rows);

        /** The circuit cannot have this result: an expression fails for its parameters. It is not in it any more. */
        void refused(ResultRows rows);
    }

    /** What is the same for all circuits of a kind. */
    @SuppressWarnings("exports") // Made in this module alone.
    public record Plan(CircuitTemplate template, List<TableSchema> tables, RowType rowType, Limits limits) {}

    /**
     * Bounds.
     *
     * @param heldRows rows a circuit holds
     * @param waitingRows changed rows kept for a circuit that is away; when there are more it is filled anew
     * @param resultRows rows of one result
     * @param stepsAtOnce steps it takes here, as far as can be foreseen
     */
    public record Limits(long heldRows, long waitingRows, int resultRows, long stepsAtOnce) {}

    private enum Place {
        HERE,
        DUE,
        AWAY
    }

    private final Plan plan;
    private final RowLayout layout;
    private final LongSupplier now;
    private final Map<Long, ResultRows> results = new HashMap<>();
    private final Map<ResultRows, NetChanges> changed = new LinkedHashMap<>();

    private Place place = Place.DUE;
    /** What has to be done while it is not here. */
    private Waiting waiting = new Waiting();

    private @Nullable Circuit circuit;
    private @Nullable CircuitWork away;
    private long rightAsOf;
    /** A commit is being carried in; it stays so when that fails. */
    private boolean carrying;

    private double stepsPerRow = FIRST_STEPS_PER_ROW;
    private double stepsPerSubscriber;
    private long evaluations;
    private List<ArrangementSize> sizesWhenItLeft = List.of();

    /**
     * Makes one that has to be filled first.
     *
     * @param now the last commit applied to all live queries
     */
    public MaintainedCircuit(Plan plan, LongSupplier now) {
        this.plan = plan;
        this.layout = RowLayout.of(plan.rowType());
        this.now = now;
        this.rightAsOf = now.getAsLong();
    }

    /** What a circuit that is not here has missed. */
    static final class Waiting {
        final List<Commit> commits = new ArrayList<>();
        final Map<Long, ResultRows> newcomers = new LinkedHashMap<>();
        long rows;
        /** Commits are missing: it has to be filled anew. */
        boolean overrun;

        void add(Commit commit, long changedRows, long maxRows) {
            rows += changedRows;
            overrun |= rows > maxRows;
            if (overrun) {
                commits.clear();
            } else {
                commits.add(commit);
            }
        }

        /** Puts what came before in front. */
        void prepend(Waiting earlier) {
            commits.addAll(0, earlier.commits);
            earlier.newcomers.forEach(newcomers::putIfAbsent);
            rows += earlier.rows;
            overrun |= earlier.overrun;
        }
    }

    @Override
    public long asOf() {
        return place == Place.HERE && !carrying ? now.getAsLong() : rightAsOf;
    }

    @Override
    public long evaluations() {
        return evaluations;
    }

    /** What it holds, part by part; while it is away, what it held when it left. */
    @SuppressWarnings("exports") // for the package above, which describes it
    public List<ArrangementSize> sizes() {
        Circuit present = circuit;
        return present == null ? sizesWhenItLeft : present.sizes();
    }

    @Override
    public boolean isStale() {
        return place != Place.HERE;
    }

    public Collection<ResultRows> results() {
        return List.copyOf(results.values());
    }

    public boolean isEmpty() {
        return results.isEmpty();
    }

    /** Whether there is work to be taken. */
    public boolean isDue() {
        return place == Place.DUE;
    }

    /** Whether the others are still right after a result could not be added. */
    public boolean isUsable() {
        return circuit == null || circuit.isUsable();
    }

    /**
     * Lets a result have its rows, now or when there is time, and all their changes from then on.
     *
     * @throws CodedException when an expression fails for its parameters; {@link #isUsable} tells the rest
     */
    public void add(ResultRows rows) {
        results.put(rows.id(), rows);
        Circuit present = circuit;
        if (place == Place.HERE
                && present != null
                && stepsPerSubscriber <= plan.limits().stepsAtOnce()) {
            subscribe(present, rows);
        } else {
            waiting.newcomers.put(rows.id(), rows);
            leave(now.getAsLong());
        }
    }

    private void subscribe(Circuit present, ResultRows rows) {
        long before = present.work();
        try {
            rows.set(new RowBag(encoded(present.subscribe(rows.id(), rows.parameters()))));
        } catch (CodedException e) {
            results.remove(rows.id());
            throw e;
        }
        learnSubscriber((double) (present.work() - before));
    }

    private void learnSubscriber(double steps) {
        stepsPerSubscriber += (steps - stepsPerSubscriber) * LEARNING_RATE;
    }

    /** Takes a result out again. */
    public void remove(ResultRows rows) {
        if (results.remove(rows.id()) == null) {
            return;
        }
        boolean subscribed = waiting.newcomers.remove(rows.id()) == null;
        if (circuit != null && subscribed) {
            circuit.unsubscribe(rows.id());
        }
    }

    /** Nobody wants it any more. */
    public void end() {
        if (away != null) {
            away.giveUp();
        }
    }

    /** Carries a commit into the results, now or when there is time. */
    public void apply(Commit commit, Output output) {
        long rows = changedRows(commit);
        Circuit present = circuit;
        if (place == Place.HERE
                && present != null
                && rows * stepsPerRow <= plan.limits().stepsAtOnce()) {
            carry(present, commit, rows, output);
        } else {
            waiting.add(commit, rows, plan.limits().waitingRows());
            leave(commit.offset() - 1);
        }
    }

    private void leave(long asOf) {
        if (place == Place.HERE) {
            rightAsOf = asOf;
            place = Place.DUE;
        }
    }

    /** Rows that come and rows that go: an updated row is both. */
    private long changedRows(Commit commit) {
        long rows = 0;
        for (TableDelta delta : commit.tables()) {
            if (plan.template().tables().contains(delta.table().tableId())) {
                for (int i = 0; i < delta.size(); i++) {
                    rows += delta.before(i) != null && delta.after(i) != null ? 2 : 1;
                }
            }
        }
        return rows;
    }

    private void carry(Circuit present, Commit commit, long rows, Output output) {
        rightAsOf = commit.offset() - 1;
        carrying = true;
        evaluations++;
        changed.clear();
        long before = present.work();
        present.apply(commit.tables(), this::change);
        stepsPerRow += ((double) (present.work() - before) / Math.max(1, rows) - stepsPerRow) * LEARNING_RATE;
        changed.forEach((result, net) -> {
            List<RowChange> changes = net.toChanges();
            result.change(changes);
            output.changed(result, commit.offset(), commit.timestampMicros(), changes);
        });
        rightAsOf = commit.offset();
        carrying = false;
    }

    private void change(long id, Row row, int weight) {
        ResultRows rows = results.get(id);
        if (rows != null) {
            changed.computeIfAbsent(rows, ResultRows::newChanges).add(encode(row), weight);
        }
    }

    byte[] encode(Row row) {
        return layout.encode(row.toArray());
    }

    List<byte[]> encoded(List<Row> rows) {
        return rows.stream().map(this::encode).toList();
    }

    /**
     * Hands out what is due.
     *
     * @param view as of the last commit applied
     */
    public CircuitWork take(ReadView view) {
        sizesWhenItLeft = sizes();
        Waiting todo = waiting;
        evaluations += todo.commits.size();
        waiting = new Waiting();
        List<ResultRows> present = results.values().stream()
                .filter(rows -> !todo.newcomers.containsKey(rows.id()))
                .toList();
        place = Place.AWAY;
        CircuitWork work = new CircuitWork(this, plan, circuit, view, todo, present);
        away = work;
        circuit = null;
        return work;
    }

    /** Nobody has begun the work. */
    public void postponed(CircuitWork work) {
        place = Place.DUE;
        away = null;
        circuit = work.untouched();
        waiting.prepend(work.todo());
        waiting.newcomers.keySet().retainAll(results.keySet());
        unsubscribeLeavers(work.present());
    }

    /**
     * Takes back what was away.
     *
     * @param timestampMicros of the last commit applied
     * @throws CodedException when an expression fails for what came meanwhile
     */
    public void returned(CircuitWork work, long timestampMicros, Output output) {
        Circuit present = work.circuit();
        present.stopWhen(() -> false);
        circuit = present;
        away = null;
        rightAsOf = work.offset();
        work.changes().forEach((rows, changes) -> {
            if (results.containsKey(rows.id()) && !changes.isEmpty()) {
                rows.change(changes);
                output.changed(rows, rightAsOf, timestampMicros, changes);
            }
        });
        work.begun().forEach((rows, bag) -> {
            if (results.containsKey(rows.id())) {
                rows.set(bag);
                output.begun(rows);
            }
        });
        work.refused().forEach(rows -> {
            if (results.remove(rows.id()) != null) {
                output.refused(rows);
            }
        });
        unsubscribeLeavers(work.changes().keySet());
        unsubscribeLeavers(work.begun().keySet());
        work.stepsPerSubscriber().ifPresent(this::learnSubscriber);
        work.stepsPerRow().ifPresent(steps -> stepsPerRow = steps);
        catchUp(present, output);
    }

    private void unsubscribeLeavers(Collection<ResultRows> subscribed) {
        for (ResultRows rows : subscribed) {
            if (circuit != null && !results.containsKey(rows.id())) {
                circuit.unsubscribe(rows.id());
            }
        }
    }

    /** What waited: here if it is little, else it is due. */
    private void catchUp(Circuit present, Output output) {
        double steps = waiting.rows * stepsPerRow + waiting.newcomers.size() * stepsPerSubscriber;
        if (waiting.overrun || steps > plan.limits().stepsAtOnce()) {
            place = Place.DUE;
            return;
        }
        for (Commit commit : waiting.commits) {
            carry(present, commit, changedRows(commit), output);
        }
        Map<Long, ResultRows> newcomers = waiting.newcomers;
        waiting = new Waiting();
        place = Place.HERE;
        for (ResultRows rows : newcomers.values()) {
            welcome(present, rows, output);
        }
    }

    private void welcome(Circuit present, ResultRows rows, Output output) {
        try {
            subscribe(present, rows);
        } catch (CodedException e) {
            output.refused(rows);
            if (!present.isUsable()) {
                throw e;
            }
            return;
        }
        output.begun(rows);
    }
}
