package dev.merapi.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * What one benchmark found: the two sides measured in turns, their medians, and the median of the ratios pair by pair.
 *
 * @param subject what was measured, with its unit, such as {@code 1.9M transfers/s}
 * @param baseline what it was compared with
 * @param ratio median of the pairwise ratios; what it means is said by the benchmark's {@link Goal}
 * @param checksum something computed from the work's outcome, so that it cannot be optimised away and can be compared
 *     between runs
 */
public record Ratio(String subject, String baseline, double ratio, long checksum) {

    /** The median of some measurements, of which there is at least one. */
    public static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Rates of subject and baseline taken in turns, as a ratio of rates: more is better. */
    public static Ratio ofRates(List<Double> subject, List<Double> baseline, String unit, long checksum) {
        double[] ratios = new double[Math.min(subject.size(), baseline.size())];
        Arrays.setAll(ratios, i -> subject.get(i) / baseline.get(i));
        double ratio = median(Arrays.stream(ratios).boxed().toList());
        return new Ratio(rate(median(subject), unit), rate(median(baseline), unit), ratio, checksum);
    }

    /** Times of subject and baseline taken in turns, in nanoseconds, as a ratio of times: less is better. */
    public static Ratio ofNanos(List<Double> subject, List<Double> baseline, String what, long checksum) {
        double[] ratios = new double[Math.min(subject.size(), baseline.size())];
        Arrays.setAll(ratios, i -> subject.get(i) / baseline.get(i));
        double ratio = median(Arrays.stream(ratios).boxed().toList());
        return new Ratio(nanos(median(subject), what), nanos(median(baseline), what), ratio, checksum);
    }

    private static String rate(double perSecond, String unit) {
        if (perSecond >= 1e6) {
            return String.format("%.2fM %s/s", perSecond / 1e6, unit);
        }
        return perSecond >= 1e3
                ? String.format("%.1fk %s/s", perSecond / 1e3, unit)
                : String.format("%.1f %s/s", perSecond, unit);
    }

    private static String nanos(double nanos, String what) {
        if (nanos >= 1e6) {
            return String.format("%.2f ms per %s", nanos / 1e6, what);
        }
        return nanos >= 1e3
                ? String.format("%.2f us per %s", nanos / 1e3, what)
                : String.format("%.0f ns per %s", nanos, what);
    }
}
