package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.live.row.RowChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one commit did to one shared result.
 *
 * @param changes at most one per stored row, in the order of the commit's delta
 * @param ended why the result can no longer be maintained (its table was dropped or changed its columns), or null; an
 *     ended result has already been detached
 */
public record QueryUpdate(
        LiveResult result,
        long offset,
        long timestampMicros,
        List<RowChange> changes,
        @Nullable CodedException ended) {
    public QueryUpdate {
        changes = List.copyOf(changes);
    }
}
