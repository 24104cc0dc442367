package dev.merapi.query.expr;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.row.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one execution of a statement knows besides its rows: parameters, the caller, the time, chance, and the rows of
 * enclosing queries. Made for one execution and used by its thread alone.
 */
public final class EvalContext {
    /**
     * Who asks, and from where they see the database.
     *
     * @param user {@code current_user}
     * @param role {@code current_role}
     * @param claims what is known about the user, by name
     * @param schema head of the search path
     */
    public record Caller(String user, String role, Map<String, String> claims, String schema) {
        public static final Caller NOBODY = new Caller("", "anon", Map.of(), "public");
    }

    /** Where {@code next_sequence} takes its values from; only a writing statement has one. */
    @FunctionalInterface
    public interface Sequences {
        Sequences NONE = (tableId, column) -> {
            throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "sequences advance only in statements that write");
        };

        long next(int tableId, int column);
    }

    /**
     * What is the same for every expression of an execution.
     *
     * @param now the time of the statement, which {@code now()} returns
     * @param offset the position of the snapshot that is read
     * @param cancelled asked now and then by whoever loops over rows; true ends the statement with a coded error
     */
    public record Environment(
            Caller caller,
            Instant now,
            long offset,
            RandomGenerator random,
            Sequences sequences,
            BooleanSupplier cancelled) {}

    /** Cancellation is looked at once in so many rows: often enough for milliseconds, rarely enough to cost nothing. */
    private static final int ROWS_PER_CHECK = 1024;

    private static final @Nullable Row[] NO_ROWS = {};
    private static final @Nullable Object[] NO_MEMOS = {};

    private final List<@Nullable Object> parameters;
    private final Environment environment;

    // These grow when something is put in: most statements have no or few of them.
    private @Nullable Row[] outerRows = NO_ROWS;
    private @Nullable Object[] memos = NO_MEMOS;

    private int rowsToCheck = ROWS_PER_CHECK;

    /**
     * Makes a context.
     *
     * @param parameters values of {@code $1 …}, each of the Java class of its type
     */
    public EvalContext(List<@Nullable Object> parameters, Environment environment) {
        this.parameters = parameters;
        this.environment = environment;
    }

    /** A context with parameters only: enough for a predicate of a constraint or of a live query. */
    public static EvalContext ofParameters(List<@Nullable Object> parameters) {
        Environment bare = new Environment(Caller.NOBODY, Instant.EPOCH, 0, new Random(0), Sequences.NONE, () -> false);
        return new EvalContext(parameters, bare);
    }

    /** A parameter, counted from 0. */
    public @Nullable Object parameter(int index) {
        if (index >= parameters.size()) {
            throw new CodedException(ErrorCode.MISSING_PARAMETER, "statement needs a parameter that was not given")
                    .with("parameter", "$" + (index + 1))
                    .with("given", parameters.size())
                    .hint("give one value for each parameter");
        }
        return parameters.get(index);
    }

    public Caller caller() {
        return environment.caller();
    }

    public Instant now() {
        return environment.now();
    }

    public long offset() {
        return environment.offset();
    }

    public RandomGenerator random() {
        return environment.random();
    }

    public Sequences sequences() {
        return environment.sequences();
    }

    /**
     * Called once per row by everything that loops.
     *
     * @throws CodedException STATEMENT_CANCELLED when the statement is to end
     */
    public void tick() {
        if (--rowsToCheck <= 0) {
            rowsToCheck = ROWS_PER_CHECK;
            checkCancelled();
        }
    }

    /** Like {@link #tick}, at once: before and after a step that is long by itself. */
    public void checkCancelled() {
        if (environment.cancelled().getAsBoolean()) {
            throw new CodedException(ErrorCode.STATEMENT_CANCELLED, "statement was cancelled")
                    .hint("it was asked to stop, or ran longer than allowed");
        }
    }

    /** The present row of an enclosing query, by the number of its correlation variable. */
    public Row outerRow(int correlation) {
        Row row = correlation < outerRows.length ? outerRows[correlation] : null;
        if (row == null) {
            throw new IllegalStateException("no row for correlation variable " + correlation);
        }
        return row;
    }

    /** Sets the present row of an enclosing query. */
    public void setOuterRow(int correlation, Row row) {
        if (correlation >= outerRows.length) {
            outerRows = Arrays.copyOf(outerRows, Math.max(correlation + 1, outerRows.length * 2));
        }
        outerRows[correlation] = row;
    }

    /** What was remembered under a number in this execution; null at first. */
    public @Nullable Object memo(int slot) {
        return slot < memos.length ? memos[slot] : null;
    }

    /** Remembers something for the rest of this execution. */
    public void setMemo(int slot, Object value) {
        if (slot >= memos.length) {
            memos = Arrays.copyOf(memos, Math.max(slot + 1, memos.length * 2));
        }
        memos[slot] = value;
    }
}
