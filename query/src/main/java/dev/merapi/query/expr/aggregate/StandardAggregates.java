package dev.merapi.query.expr.aggregate;

import dev.merapi.query.expr.Functions;

/** Puts all aggregates and window functions into a catalogue. */
public final class StandardAggregates {
    private StandardAggregates() {}

    public static void register(Functions.Builder builder) {
        AggregateRegistrar to = new AggregateRegistrar(builder);
        Sums.register(to);
        Extremes.register(to);
        Collecting.register(to);
        Statistics.register(to);
        OrderedSets.register(to);
        HypotheticalRanks.register(to);
        Windows.register(builder);
    }
}
