package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.store.Catalog;
import dev.merapi.store.Commit;
import dev.merapi.store.TableDelta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All live queries of one database. Commits go in, in order and without gaps; out comes what each of them changed in
 * each result that somebody is attached to.
 *
 * <p>How a subscription begins: {@link #compile} the request; read {@link LiveQuery#rows} on a snapshot whose offset is
 * this object's {@link #offset}; {@link #attach} before the next commit is applied. Nothing is missed and nothing comes
 * twice, because the updates handed out afterwards all have greater offsets. Who cannot attach at once (a snapshot
 * delivered in pieces, a client that fell behind) attaches later and closes the gap by
 * {@link LiveQuery#netChanges(java.util.Iterator)}.
 *
 * <p>Owned by the live thread of its database; holds no thread, lock or clock.
 */
public final class LiveQueries {
    private final LiveCompiler compiler;
    private final LiveLimits limits;
    private final Map<LiveTemplate, MaintainedTemplate> templates = new HashMap<>();
    private final Map<Integer, Map<LiveTemplate, MaintainedTemplate>> byTable = new HashMap<>();
    private final List<LiveResult> touched = new ArrayList<>();
    private long offset;
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
        this.offset = offset;
    }

    /** The last commit applied. */
    public long offset() {
        return offset;
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
     * Compiles a request; known texts are found in a cache.
     *
     * @throws CodedException LIVE_UNSUPPORTED for a query that cannot be live; everything SQL can be refused with
     */
    public LiveQuery compile(Catalog catalog, LiveRequest request) {
        return compiler.compile(catalog, request);
    }

    /**
     * Joins the result of a query, making it if nobody has it yet. Each call is undone by one {@link #detach}.
     *
     * @throws CodedException LIVE_LIMIT when a new result or template would exceed its limit
     */
    public LiveResult attach(LiveQuery query) {
        MaintainedTemplate maintained = templates.get(query.template());
        LiveResult result = maintained == null ? null : maintained.find(query);
        if (result == null) {
            requireBelow("results", resultCount, limits.maxResults());
            if (maintained == null) {
                maintained = addTemplate(query.template());
            }
            result = new LiveResult(nextResultId++, query);
            maintained.add(result);
            resultCount++;
        }
        result.attachments++;
        return result;
    }

    /** Leaves a result; with the last one it is no longer maintained. Has no effect on a result that has ended. */
    public void detach(LiveResult result) {
        if (result.attachments == 0) {
            return;
        }
        result.attachments--;
        if (result.attachments == 0) {
            MaintainedTemplate maintained = templates.get(result.query().template());
            if (maintained != null) {
                maintained.remove(result);
                resultCount--;
                if (maintained.isEmpty()) {
                    removeTemplate(maintained);
                }
            }
        }
    }

    /** Applies the next commit and returns one update for each result it changed or ended. */
    public List<QueryUpdate> apply(Commit commit) {
        if (commit.offset() != offset + 1) {
            throw new IllegalStateException("commit " + commit.offset() + " does not follow " + offset);
        }
        offset = commit.offset();
        List<QueryUpdate> updates = new ArrayList<>();
        if (!commit.schemaChanges().isEmpty()) {
            endBroken(commit, updates);
        }
        for (TableDelta delta : commit.tables()) {
            Map<LiveTemplate, MaintainedTemplate> interested =
                    byTable.get(delta.table().tableId());
            if (interested != null) {
                for (MaintainedTemplate maintained : interested.values()) {
                    maintained.apply(delta, touched);
                }
            }
        }
        for (LiveResult result : touched) {
            updates.add(new QueryUpdate(result, offset, commit.timestampMicros(), result.pending, null));
            result.pending.clear();
        }
        touched.clear();
        return updates;
    }

    private void endBroken(Commit commit, List<QueryUpdate> updates) {
        List<MaintainedTemplate> broken = templates.values().stream()
                .filter(maintained -> TableChanges.breaks(maintained.template(), commit))
                .toList();
        for (MaintainedTemplate maintained : broken) {
            CodedException reason = TableChanges.schemaChanged(maintained.template());
            for (LiveResult result : maintained.results()) {
                updates.add(new QueryUpdate(result, offset, commit.timestampMicros(), List.of(), reason));
                result.attachments = 0;
                resultCount--;
            }
            removeTemplate(maintained);
        }
    }

    private MaintainedTemplate addTemplate(LiveTemplate template) {
        requireBelow("templates", templates.size(), limits.maxTemplates());
        MaintainedTemplate maintained = new MaintainedTemplate(template);
        templates.put(template, maintained);
        byTable.computeIfAbsent(template.table().tableId(), id -> new LinkedHashMap<>())
                .put(template, maintained);
        return maintained;
    }

    private void removeTemplate(MaintainedTemplate maintained) {
        LiveTemplate template = maintained.template();
        templates.remove(template);
        byTable.computeIfPresent(template.table().tableId(), (id, interested) -> {
            interested.remove(template);
            return interested.isEmpty() ? null : interested;
        });
    }

    /** What is maintained at present, for introspection. */
    public Collection<String> templates() {
        return templates.keySet().stream().map(LiveTemplate::toString).toList();
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
