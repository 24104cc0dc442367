package dev.merapi.benchmarks;

/**
 * What a ratio should be.
 *
 * @param atLeast true when more is better
 */
public record Goal(boolean atLeast, double bound) {
    public static Goal atLeast(double bound) {
        return new Goal(true, bound);
    }

    public static Goal atMost(double bound) {
        return new Goal(false, bound);
    }

    public boolean isMetBy(double ratio) {
        return atLeast ? ratio >= bound : ratio <= bound;
    }

    @Override
    public String toString() {
        return (atLeast ? "≥ " : "≤ ") + bound;
    }
}
