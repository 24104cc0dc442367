package dev.merapi.query.live;

/**
 * Bounds of the live engine.
 *
 * @param maxResults distinct results maintained at a time; each costs a few hundred bytes and a share of every change
 *     it matches
 * @param maxTemplates distinct query shapes at a time; every change of a table visits each template of that table
 * @param maxCatchUpRows rows a catch-up may touch; beyond, starting over with a fresh snapshot is the cheaper way
 */
public record LiveLimits(int maxResults, int maxTemplates, int maxCatchUpRows) {
    public static final LiveLimits DEFAULT = new LiveLimits(4_000_000, 10_000, 1_000_000);
}
