package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.query.live.tree.TableChanges;
import dev.merapi.query.live.upkeep.LiveWork;
import dev.merapi.store.Catalog;
import dev.merapi.store.Commit;
import dev.merapi.store.ReadView;
import dev.merapi.store.TableDelta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All live queries of one database. Commits go in, in order and without gaps; out comes what each of them changed in
 * each result that somebody is attached to.
 *
 * <p>How a subscription begins: {@link #compile} the request; {@link #attach} it with a snapshot whose offset is this
 * object's {@link #offset}, before the next commit is applied. Nothing is missed and nothing comes twice, because the
 * updates handed out afterwards all have greater offsets. The rows to begin with are those of {@link TableQuery#rows}
 * on that snapshot, or of {@link DerivedResult#rows}, which may have to be computed first ({@link #takeDue}, {@link
 * #takeBegun}). What somebody misses who cannot be told for a while is told by
 * {@link TableQuery#netChanges(java.util.Iterator)}, or is added up meanwhile in {@link DerivedResult#newChanges}.
 *
 * <p>Owned by the live thread of its database; holds no thread, lock or clock. What would keep that thread from others
 * for long is handed out as {@link LiveWork}.
 */
public final class LiveQueries {
    private final LiveCompiler compiler;
    private final LiveLimits limits;
    private final Map<TableTemplate, MaintainedTable> templates = new HashMap<>();
    private final Map<Integer, Map<TableTemplate, MaintainedTable>> byTable = new HashMap<>();
    private final List<TableResult> touched = new ArrayList<>();
    private final DerivedResults derived;
    private final Map<Object, LiveCensus.TemplateInUse> inUse = new LinkedHashMap<>();
    private long nextTemplateId = 1;
    private long offset;
    private long timestampMicros;
    private long nextResultId = 1;
    private int resultCount;

    /**
     * Makes an engine without subscriptions.
     *
     * @param offset the last commit that counts as applied: the offset of the database at this moment
     */
    public LiveQueries(LiveLimits limits, long offset) {
        this.compiler = new LiveCompiler(limits);
        this.limits = limits;
        this.derived = new DerivedResults(limits, this::offset);
        this.offset = offset;
    }

    /** The last commit applied. */
    public long offset() {
        return offset;
    }

    /** The time of the last commit applied; 0 before the first. */
    public long timestampMicros() {
        return timestampMicros;
    }

    /** The number of distinct results maintained. */
    public int resultCount() {
        return resultCount;
    }

    /** The number of distinct query shapes among them. */
    public int templateCount() {
        return templates.size();
    }

    /**
     * Compiles a request. This takes milliseconds when its text is new; {@link #compileKnown} and {@link LivePlan} are
     * there for those who cannot wait.
     *
     * @throws CodedException LIVE_UNSUPPORTED for a query that cannot be live; everything SQL can be refused with
     */
    public LiveQuery compile(Catalog catalog, LiveRequest request) {
        LiveQuery known = compileKnown(catalog, request);
        return known != null ? known : compile(LivePlan.of(catalog, request), request);
    }

    /**
     * Compiles a request whose text is known; null when it is not.
     *
     * @throws CodedException for parameters it cannot have
     */
    public @Nullable LiveQuery compileKnown(Catalog catalog, LiveRequest request) {
        return compiler.compileKnown(catalog, request);
    }

    /**
     * Compiles a request by the plan of its text, which is known from then on.
     *
     * @throws CodedException for parameters it cannot have
     */
    public LiveQuery compile(LivePlan plan, LiveRequest request) {
        return compiler.compile(plan, request);
    }

    /**
     * Joins the result of a query, making it if nobody has it yet. Each call is undone by one {@link #detach}.
     *
     * @param view the database as of {@link #offset}, for which the query was compiled
     * @throws CodedException LIVE_LIMIT when a new result or template would exceed its limit
     */
    public LiveResult attach(LiveQuery query, ReadView view) {
        if (query instanceof DerivedQuery) {
            requireCurrent(view);
        }
        LiveResult result = find(query);
        if (result == null) {
            requireBelow("results", resultCount, limits.maxResults());
            result = switch (query) {
                case TableQuery tableQuery -> addResult(tableQuery);
                case DerivedQuery derivedQuery -> derived.add(nextResultId++, derivedQuery);
            };
            enter(result);
        }
        result.attachments++;
        return result;
    }

    private void enter(LiveResult result) {
        Object template = switch (result) {
            case TableResult table -> table.query().template();
            case DerivedResult one -> one.query().template();
        };
        LiveCensus.TemplateInUse used =
                inUse.computeIfAbsent(template, none -> new LiveCensus.TemplateInUse(nextTemplateId++, template));
        used.results++;
        result.template = used;
        resultCount++;
    }

    private void leave(LiveResult result) {
        LiveCensus.TemplateInUse used = result.template;
        if (used != null) {
            result.template = null;
            used.results--;
            if (used.results == 0) {
                inUse.remove(used.template());
            }
            resultCount--;
        }
    }

    /** Counts what is held at present; good until the next change of anything here. */
    public LiveCensus census() {
        return new LiveCensus(inUse.values(), templates, derived);
    }

    private @Nullable LiveResult find(LiveQuery query) {
        return switch (query) {
            case TableQuery tableQuery -> {
                MaintainedTable maintained = templates.get(tableQuery.template());
                yield maintained == null ? null : maintained.find(tableQuery);
            }
            case DerivedQuery derivedQuery -> derived.find(derivedQuery);
        };
    }

    private TableResult addResult(TableQuery query) {
        MaintainedTable maintained = templates.get(query.template());
        if (maintained == null) {
            maintained = addTemplate(query.template());
        }
        TableResult result = new TableResult(nextResultId++, query);
        maintained.add(result);
        return result;
    }

    /** Leaves a result; with the last one it is no longer maintained. Has no effect on a result that has ended. */
    public void detach(LiveResult result) {
        if (result.attachments == 0) {
            return;
        }
        result.attachments--;
        if (result.attachments == 0) {
            switch (result) {
                case TableResult tableResult -> removeResult(tableResult);
                case DerivedResult derivedResult -> derived.remove(derivedResult);
            }
            leave(result);
        }
    }

    private void removeResult(TableResult result) {
        MaintainedTable maintained = templates.get(result.query().template());
        if (maintained != null) {
            maintained.remove(result);
            if (maintained.isEmpty()) {
                removeTemplate(maintained);
            }
        }
    }

    /**
     * Applies the next commit and returns one update for each result it changed or ended. Derived results that
     * have to wait for work to be done get theirs from {@link #done} later.
     */
    public List<QueryUpdate> apply(Commit commit) {
        if (commit.offset() != offset + 1) {
            throw new IllegalStateException("commit " + commit.offset() + " does not follow " + offset);
        }
        offset = commit.offset();
        timestampMicros = commit.timestampMicros();
        List<QueryUpdate> updates = new ArrayList<>();
        if (!commit.schemaChanges().isEmpty()) {
            endBroken(commit, updates);
        }
        for (TableDelta delta : commit.tables()) {
            int tableId = delta.table().tableId();
            Map<TableTemplate, MaintainedTable> interested = byTable.get(tableId);
            if (interested != null) {
                for (MaintainedTable maintained : interested.values()) {
                    maintained.apply(delta, touched);
                }
            }
        }
        for (TableResult result : touched) {
            QueryUpdate update = result.takeUpdate(offset, timestampMicros);
            updates.add(update);
            if (update.ended() != null) {
                result.attachments = 0;
                removeResult(result);
                resultCount--;
            }
        }
        touched.clear();
        derived.apply(commit, updates);
        return updates;
    }

    /**
     * Work that is too long for this thread. Whoever takes it does each on some thread by {@link LiveWork#run} and
     * gives it back by {@link #done}, {@link #failed} or {@link #postponed}; until then it is not listed again.
     *
     * @param view the database as of {@link #offset}
     * @param again whether also queries are meant that have rows, but from before a commit that touched what they read
     */
    public List<LiveWork> takeDue(ReadView view, boolean again) {
        requireCurrent(view);
        return derived.takeDue(view, again);
    }

    /** Whether there is work. */
    public boolean hasDue() {
        return derived.hasDue();
    }

    /** Whether there is work without which somebody has no rows, or a circuit stands still. */
    public boolean hasUrgent() {
        return derived.hasUrgent();
    }

    /**
     * Takes back work that has been done.
     *
     * @return what has changed in the results it was for; see also {@link #takeBegun}
     */
    public List<QueryUpdate> done(LiveWork work) {
        List<QueryUpdate> updates = new ArrayList<>();
        derived.returned(work, timestampMicros, updates);
        return updates;
    }

    /** The results that have got their first rows since this was asked last. */
    public List<DerivedResult> takeBegun() {
        return derived.takeBegun();
    }

    /** The results that stand still or go on again, see {@link DerivedResult#isAway}, since this was asked last. */
    public Collection<DerivedResult> takeMoved() {
        return derived.takeMoved();
    }

    /**
     * Takes back work that could not be done. What a circuit could not do is done by running queries again; a result
     * whose query cannot be run ends.
     *
     * @return the end of a result, null when none ends
     */
    public @Nullable QueryUpdate failed(LiveWork work, CodedException reason) {
        DerivedResult ends = derived.failed(work, reason);
        if (ends == null) {
            return null;
        }
        endDerived(ends);
        return new QueryUpdate(ends, offset, timestampMicros, List.of(), reason);
    }

    /** Nobody has begun the work, for want of room: it is due again. */
    public void postponed(LiveWork work) {
        derived.postponed(work);
    }

    private void requireCurrent(ReadView view) {
        if (view.offset() != offset) {
            throw new IllegalStateException("view of " + view.offset() + " at offset " + offset);
        }
    }

    private void endDerived(DerivedResult result) {
        result.attachments = 0;
        derived.remove(result);
        leave(result);
    }

    private void endBroken(Commit commit, List<QueryUpdate> updates) {
        List<MaintainedTable> broken = templates.values().stream()
                .filter(maintained -> TableChanges.breaks(maintained.template().table(), commit))
                .toList();
        for (MaintainedTable maintained : broken) {
            CodedException reason =
                    TableChanges.schemaChanged(maintained.template().table());
            for (TableResult result : maintained.results()) {
                updates.add(new QueryUpdate(result, offset, commit.timestampMicros(), List.of(), reason));
                result.attachments = 0;
                leave(result);
            }
            removeTemplate(maintained);
        }
        derived.broken(commit).forEach((result, table) -> {
            CodedException reason = TableChanges.schemaChanged(table);
            updates.add(new QueryUpdate(result, offset, commit.timestampMicros(), List.of(), reason));
            endDerived(result);
        });
    }

    private MaintainedTable addTemplate(TableTemplate template) {
        requireBelow("templates", templates.size(), limits.maxTemplates());
        MaintainedTable maintained = new MaintainedTable(template);
        templates.put(template, maintained);
        byTable.computeIfAbsent(template.table().tableId(), id -> new LinkedHashMap<>())
                .put(template, maintained);
        return maintained;
    }

    private void removeTemplate(MaintainedTable maintained) {
        TableTemplate template = maintained.template();
        templates.remove(template);
        byTable.computeIfPresent(template.table().tableId(), (id, interested) -> {
            interested.remove(template);
            return interested.isEmpty() ? null : interested;
        });
    }

    private static void requireBelow(String what, int present, int limit) {
        if (present >= limit) {
            throw new CodedException(ErrorCode.LIVE_LIMIT, "too many live queries at a time")
                    .with("counted", what)
                    .with("limit", limit)
                    .hint("close some, or raise the limit");
        }
    }
}
