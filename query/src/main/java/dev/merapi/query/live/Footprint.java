package dev.merapi.query.live;

import dev.merapi.query.dataflow.zset.Rows;
import dev.merapi.query.live.index.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * About how much memory a result takes besides its rows: itself, its query with the parameters, and its places in the
 * maps that find it.
 */
final class Footprint {
    /** Result, query, and the entry of the map by query. */
    private static final int TABLE_RESULT_BYTES = 150;

    /** The entry of the index in which changed rows look; the bytes of the key come on top. */
    private static final int KEY_BYTES = 25;

    /** Both ends of an interval and its node in the tree. */
    private static final int BOUNDS_BYTES = 70;

    /** Result, query, the entries of the maps by query and by table, the subscriber of a circuit. */
    private static final int DERIVED_RESULT_BYTES = 560;

    private static final int LIST_BYTES = 48;
    private static final int REFERENCE_BYTES = 4;

    private Footprint() {}

    /**
     * Of a result over one table, which keeps no rows.
     *
     * @param selections by which changed rows find it, null where it wants none
     */
    static long ofTableResult(List<@Nullable Selection> selections, List<@Nullable Object> parameters) {
        long bytes = TABLE_RESULT_BYTES + of(parameters);
        for (Selection selection : selections) {
            bytes += selection == null ? 0 : of(selection);
        }
        return bytes;
    }

    private static long of(Selection selection) {
        long bytes = selection.isBounded() ? BOUNDS_BYTES : 0;
        for (int i = 0; i < selection.keyCount(); i++) {
            bytes += KEY_BYTES + selection.key(i).length;
        }
        return bytes;
    }

    /** Of a result that keeps its rows, without these. */
    static long ofDerivedResult(List<@Nullable Object> parameters) {
        return DERIVED_RESULT_BYTES + of(parameters);
    }

    private static long of(List<@Nullable Object> parameters) {
        if (parameters.isEmpty()) {
            return 0;
        }
        long bytes = LIST_BYTES;
        for (int i = 0; i < parameters.size(); i++) {
            bytes += REFERENCE_BYTES + Rows.bytes(parameters.get(i));
        }
        return bytes;
    }
}
