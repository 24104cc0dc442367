package dev.merapi.query.exec.operator;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.row.Row;
import dev.merapi.query.system.LiveDescription;
import dev.merapi.store.ReadView;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a statement: the tables it reads, the values its expressions depend on, and what it has used so far. */
public final class QueryContext {
    private final ReadView view;
    private final EvalContext eval;
    private final long maxHeldRows;
    /** Made when the first is bound: most statements have none. */
    private @Nullable Map<Integer, Supplier<List<Row>>> workingTables;

    private final @Nullable Map<Operator, OperatorCounts> counts;
    private long heldRows;
    private Supplier<LiveDescription> live = QueryContext::nothingLive;

    /**
     * Makes a context.
     *
     * @param maxHeldRows how many rows joins, sorts and groups may hold at a time before the statement is refused
     */
    public QueryContext(ReadView view, EvalContext eval, long maxHeldRows) {
        this(view, eval, maxHeldRows, false);
    }

    /** Makes a context that counts what each operator does, for EXPLAIN ANALYZE, if {@code counting}. */
    public QueryContext(ReadView view, EvalContext eval, long maxHeldRows, boolean counting) {
        this.view = view;
        this.eval = eval;
        this.maxHeldRows = maxHeldRows;
        this.counts = counting ? new IdentityHashMap<>() : null;
    }

    public ReadView view() {
        return view;
    }

    public EvalContext eval() {
        return eval;
    }

    /** Lets the tables about live queries have their rows from there. */
    public QueryContext withLive(Supplier<LiveDescription> source) {
        live = source;
        return this;
    }

    /**
     * What is kept live.
     *
     * @throws CodedException PERMISSION_DENIED when that is not for the caller to see; UNSUPPORTED_SQL when nobody has
     *     been asked
     */
    public LiveDescription live() {
        return live.get();
    }

    private static LiveDescription nothingLive() {
        throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "what is kept live cannot be asked for here")
                .hint("ask in a SELECT");
    }

    /** The rows that stand for a working table now. */
    public List<Row> workingTable(int number) {
        Supplier<List<Row>> rows = workingTables == null ? null : workingTables.get(number);
        if (rows == null) {
            throw new IllegalStateException("working table " + number + " has no rows yet");
        }
        return rows.get();
    }

    /** Lets a working table have these rows. */
    public void bindWorkingTable(int number, List<Row> rows) {
        bindWorkingTable(number, () -> rows);
    }

    /** Lets a working table have rows that are computed when somebody first asks for them. */
    public void bindWorkingTable(int number, Supplier<List<Row>> rows) {
        Map<Integer, Supplier<List<Row>>> tables = workingTables;
        if (tables == null) {
            tables = new HashMap<>();
            workingTables = tables;
        }
        tables.put(number, rows);
    }

    /**
     * Says that an operator holds more rows from now on.
     *
     * @throws CodedException QUERY_LIMIT
     */
    public void hold(int rows) {
        heldRows += rows;
        if (heldRows > maxHeldRows) {
            throw new CodedException(ErrorCode.QUERY_LIMIT, "statement would hold too many rows at a time")
                    .with("rows", heldRows)
                    .with("limit", maxHeldRows)
                    .hint("filter earlier, join on keys, or ask for fewer rows");
        }
    }

    /** Says that an operator has let go of rows. */
    public void release(int rows) {
        heldRows -= rows;
    }

    /** Whether it is counted what each operator does. */
    public boolean isCounting() {
        return counts != null;
    }

    /** What an operator did so far, null when nothing is counted. */
    public @Nullable OperatorCounts counts(Operator operator) {
        return counts == null ? null : counts.get(operator);
    }

    RowSource observed(Operator operator, RowSource source) {
        return counts == null
                ? source
                : counts.computeIfAbsent(operator, key -> new OperatorCounts()).count(source);
    }
}
