package dev.merapi.query.dataflow;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.dataflow.arrange.Arrangement;
import dev.merapi.query.dataflow.compile.Assembly;
import dev.merapi.query.dataflow.compile.Plan;
import dev.merapi.query.dataflow.expression.Subscriber;
import dev.merapi.query.dataflow.operator.Operator;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import dev.merapi.store.ReadView;
import dev.merapi.store.TableDelta;
import dev.merapi.store.TableReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One query kept up to date for all who subscribed to it. Owned by one thread.
 *
 * <p>An expression that fails (a division by zero) throws its coded error out of the method that met it. What then is
 * {@link #isUsable} says: a subscriber whose parameters let an expression fail is not subscribed and harms nobody, if
 * the circuit holds nothing but its inputs; in all other cases it may have taken half of a change. Make a new circuit
 * and hydrate it.
 */
public final class Circuit {
    /** Takes what changed. */
    @FunctionalInterface
    public interface Output {
        /** A row of a subscriber's result that came ({@code weight} times) or went (negative); never 0. */
        void change(long id, Row row, int weight);
    }

    /** So many times the rows it may hold may be on their way through it. */
    private static final int PASSING_ROWS = 4;

    /** What is held is counted after so many steps; a step holds a row or two. */
    private static final int STEPS_PER_CHECK = 100_000;

    private final CircuitTemplate template;
    private final Assembly assembly;
    private final Map<Long, Subscriber> subscribers = new HashMap<>();
    /** The same for all subscribers: what is maintained depends on nothing in it. */
    private final EvalContext.Environment environment = new EvalContext.Environment(
            EvalContext.Caller.NOBODY, Instant.EPOCH, 0, new Random(0), EvalContext.Sequences.NONE, () -> false);

    private final long maxRows;
    /** Whether to stop; asked while something long is worked on. */
    private BooleanSupplier cancelled = () -> false;

    private long workAtCheck;
    private boolean hydrated;
    private boolean failed;

    Circuit(CircuitTemplate template, long maxRows) {
        this.template = template;
        this.maxRows = maxRows;
        this.assembly = new Assembly(template.plan());
        this.assembly.watch(this::watch);
    }

    public CircuitTemplate template() {
        return template;
    }

    /**
     * Loads what is held of the tables. Must be called once, before anything else.
     *
     * @param view the database as of the commit before the next one applied
     */
    public void hydrate(ReadView view) {
        hydrate(view, () -> false);
    }

    /**
     * The same, to be stopped.
     *
     * @param stop asked now and then, from here on in all that is done; true ends it with STATEMENT_CANCELLED, which
     *     leaves the circuit unusable
     * @throws CodedException QUERY_LIMIT when it would hold more than it may
     */
    public void hydrate(ReadView view, BooleanSupplier stop) {
        stopWhen(stop);
        if (hydrated) {
            throw new IllegalStateException("a circuit is hydrated once");
        }
        hydrated = true;
        run(() -> {
            for (int tableId : template.tables()) {
                TableReader table = view.table(tableId);
                assembly.table(tableId).forEach(source -> source.fill(table.layout(), table.scan()));
            }
        });
        requireAtMost(maxRows);
    }

    /** From now on asks another whether to stop: work on a circuit passes from hand to hand. */
    public void stopWhen(BooleanSupplier stop) {
        cancelled = stop;
    }

    /** Asked every few ten thousand steps. */
    private void watch() {
        if (cancelled.getAsBoolean()) {
            throw new CodedException(ErrorCode.STATEMENT_CANCELLED, "maintaining a live query was cancelled")
                    .hint("nobody wants it any more, or it took longer than allowed");
        }
        requireAtMost(maxRows > Long.MAX_VALUE / PASSING_ROWS ? Long.MAX_VALUE : maxRows * PASSING_ROWS);
    }

    private void requireAtMost(long limit) {
        long rows = assembly.rows();
        if (rows > limit) {
            throw new CodedException(ErrorCode.QUERY_LIMIT, "a live query would hold too many rows")
                    .with("rows", rows)
                    .with("limit", limit)
                    .hint("filter earlier, or join on keys");
        }
    }

    /** A measure of the work done so far: rows passed on and pairs of rows looked at. */
    public long work() {
        return assembly.work();
    }

    /**
     * Adds a subscriber: an insert into the parameter relation.
     *
     * @param id not subscribed now
     * @param parameters values of {@code $1 …}, each of the Java class of its type
     * @return the rows of its result now, in the order of the query where it has one
     */
    public List<Row> subscribe(long id, List<@Nullable Object> parameters) {
        requireHydrated();
        if (parameters.size() < template.parameterCount()) {
            throw new IllegalArgumentException(
                    parameters.size() + " parameters instead of " + template.parameterCount());
        }
        Subscriber subscriber = new Subscriber(id, new EvalContext(parameters, environment));
        if (subscribers.putIfAbsent(id, subscriber) != null) {
            throw new IllegalStateException("already subscribed: " + id);
        }
        try {
            assembly.parameters().change(subscriber, 1);
            assembly.run();
        } catch (RuntimeException e) {
            subscribers.remove(id);
            failed = !assembly.undo();
            throw e;
        }
        List<Row> rows = new ArrayList<>();
        assembly.results().drain((whose, row, weight) -> {
            for (int i = 0; i < weight; i++) {
                rows.add(row);
            }
        });
        return rows;
    }

    /** Takes a subscriber out again. Has no effect if it is not there. */
    public void unsubscribe(long id) {
        requireHydrated();
        Subscriber subscriber = subscribers.remove(id);
        if (subscriber != null) {
            run(() -> assembly.parameters().change(subscriber, -1));
            assembly.results().discard();
        }
    }

    /**
     * Applies a commit.
     *
     * @param deltas all of the commit's changes; tables the circuit does not read may be among them
     * @param output is told what changed for whom: for each subscriber each row once, in the order of the query where
     *     it has one
     */
    public void apply(List<TableDelta> deltas, Output output) {
        requireHydrated();
        run(() -> {
            for (TableDelta delta : deltas) {
                assembly.table(delta.table().tableId()).forEach(source -> source.change(delta));
            }
        });
        assembly.results().drain((whose, row, weight) -> output.change(whose.id(), row, weight));
    }

    /** Lets a change in and works it off. */
    private void run(Runnable change) {
        failed = true; // unless it comes to its end
        change.run();
        assembly.run();
        if (work() - workAtCheck > STEPS_PER_CHECK) {
            requireAtMost(maxRows);
            workAtCheck = work();
        }
        failed = false;
    }

    /** Whether the circuit is whole: false after an error that may have left half of a change in it. */
    public boolean isUsable() {
        return !failed;
    }

    private void requireHydrated() {
        if (!hydrated || failed) {
            throw new IllegalStateException(failed ? "the circuit has failed" : "hydrate the circuit first");
        }
    }

    /** What the circuit holds, part by part. */
    public List<ArrangementSize> sizes() {
        List<ArrangementSize> sizes = new ArrayList<>();
        List<Arrangement> arrangements = assembly.arrangements();
        for (int i = 0; i < arrangements.size(); i++) {
            Plan.Arranged planned = template.plan().arrangements().get(i);
            Arrangement arrangement = arrangements.get(i);
            sizes.add(new ArrangementSize(
                    "Arrangement " + planned.text(),
                    template.plan().tableOf(planned.stage()),
                    planned.by(),
                    arrangement.rows(),
                    arrangement.bytes(),
                    assembly.uses(i)));
        }
        List<Operator> operators = assembly.operators();
        for (int i = 0; i < operators.size(); i++) {
            if (operators.get(i).rows() > 0) {
                String name = "#" + i + " " + template.plan().stages().get(i).text();
                sizes.add(new ArrangementSize(
                        name,
                        null,
                        "",
                        operators.get(i).rows(),
                        operators.get(i).bytes(),
                        1));
            }
        }
        return sizes;
    }
}
