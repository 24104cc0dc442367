package dev.merapi.benchmarks.server;

import dev.merapi.benchmarks.Ratio;
import java.util.ArrayList;
import java.util.List;

/** Takes measurements of two sides in turns, so that what disturbs the machine disturbs both. */
final class Turns {
    /** One side of a comparison. */
    interface Side {
        /** Works for one turn and says how fast: things per second. */
        double measure() throws Exception;
    }

    private final List<Double> subject = new ArrayList<>();
    private final List<Double> baseline = new ArrayList<>();

    private Turns() {}

    /**
     * @param warmUps turns of each side that do not count
     * @param pairs turns of each side that count; who goes first changes from pair to pair
     */
    static Turns take(int warmUps, int pairs, Side subject, Side baseline) throws Exception {
        Turns turns = new Turns();
        for (int i = -warmUps; i < pairs; i++) {
            boolean subjectFirst = (i & 1) == 0;
            double early = subjectFirst ? subject.measure() : baseline.measure();
            double late = subjectFirst ? baseline.measure() : subject.measure();
            if (i >= 0) {
                turns.subject.add(subjectFirst ? early : late);
                turns.baseline.add(subjectFirst ? late : early);
            }
        }
        return turns;
    }

    /** @param unit what was counted, in the plural */
    Ratio toRatio(String unit, long checksum) {
        return Ratio.ofRates(subject, baseline, unit, checksum);
    }

    /** Things per second. */
    static double rate(long count, long nanos) {
        return count * 1e9 / nanos;
    }
}
