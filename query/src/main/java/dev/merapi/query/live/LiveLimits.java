package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;

/**
 * Bounds of the live engine.
 *
 * @param maxResults distinct results maintained at a time; each costs a few hundred bytes and a share of every change
 *     it matches
 * @param maxTemplates distinct query shapes at a time; every change of a table visits each template of that table
 * @param maxCatchUpRows rows a catch-up may touch; beyond, starting over with a fresh snapshot is the cheaper way
 * @param maxDerivedRows rows of one result that is kept because it joins, groups or orders
 * @param maxHeldRows rows that joins, sorts and groups may hold while such a result is computed
 * @param maxStepsAtOnce rows and pairs of rows a circuit works on while everybody else waits, as far as can be
 *     foreseen; what takes more is handed out as work
 */
public record LiveLimits(
        int maxResults,
        int maxTemplates,
        int maxCatchUpRows,
        int maxDerivedRows,
        long maxHeldRows,
        long maxStepsAtOnce) {
    public static final LiveLimits DEFAULT =
            new LiveLimits(4_000_000, 10_000, 1_000_000, 1_000_000, 10_000_000, 50_000);

    /**
     * @throws CodedException LIVE_LIMIT when a derived result has this many rows and would get one more
     */
    void requireRoom(int rows) {
        if (rows >= maxDerivedRows) {
            throw new CodedException(ErrorCode.LIVE_LIMIT, "live result has too many rows")
                    .with("limit", maxDerivedRows)
                    .hint("add a LIMIT, or filter more");
        }
    }
}
