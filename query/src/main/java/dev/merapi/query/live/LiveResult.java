package dev.merapi.query.live;

import dev.merapi.api.schema.RowType;
import org.jspecify.annotations.Nullable;

/**
 * A maintained result, shared by all who asked for an equal {@link LiveQuery}.
 *
 * <p>Outside of the live thread only the immutable parts may be used: {@link #id}, {@link #query}, {@link #rowType}.
 */
public abstract sealed class LiveResult permits TableResult, DerivedResult {
    private final long id;

    /** How many have it; owned by {@link LiveQueries}. */
    int attachments;

    /** Set by {@link LiveQueries} as long as somebody has it. */
    LiveCensus.@Nullable TemplateInUse template;

    LiveResult(long id) {
        this.id = id;
    }

    /** Identifies the result within its database while the server runs; never reused. */
    public long id() {
        return id;
    }

    public abstract LiveQuery query();

    public RowType rowType() {
        return query().rowType();
    }

    @Override
    public String toString() {
        return "result " + id + ": " + query();
    }
}
