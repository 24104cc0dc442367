package dev.merapi.testing.property;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing run smaller: it leaves out choices, then lowers them, as long as the run still fails.
 *
 * <p>Smaller means fewer choices, or as many of which the first that differs is lower. Each accepted step is smaller,
 * so shrinking ends; and it is bounded besides, because a run may be slow.
 */
final class Shrinker {
    /** Enough for sequences of some hundred choices; a failing run of a second must not take the afternoon. */
    static final int RUNS_MAX = 3_000;

    static final long NANOS_MAX = 20_000_000_000L;

    /** One step of a test seldom takes more choices than this; wider pieces are tried in powers of two only. */
    private static final int STEP_WIDTH_MAX = 8;

    private final Function<long[], long @Nullable []> stillFails;
    private final long deadlineNanos = System.nanoTime() + NANOS_MAX;
    private long[] best;
    private int runs;

    /**
     * @param failing the choices of a failing run
     * @param stillFails runs the choices; answers what the run took of them if it fails, and null if it does not
     */
    Shrinker(long[] failing, Function<long[], long @Nullable []> stillFails) {
        this.best = failing;
        this.stillFails = stillFails;
    }

    long[] shrink() {
        long[] before;
        do {
            before = best;
            leaveOut();
            setToZero();
            lower();
            leaveOutOfCounted();
        } while (!Arrays.equals(before, best) && mayGoOn());
        return best;
    }

    int runs() {
        return runs;
    }

    private void leaveOut() {
        for (int width = Integer.highestOneBit(Math.max(1, best.length)); width >= 1; width = narrower(width)) {
            for (int from = best.length - width;
                    from >= 0 && mayGoOn();
                    from = Math.min(from - 1, best.length - width)) {
                accept(without(best, from, width));
            }
        }
    }

    /** A number that says how many things follow shrinks only together with one of these things. */
    private void leaveOutOfCounted() {
        for (int i = 0; i < best.length; i++) {
            for (int width = 1; width <= STEP_WIDTH_MAX; width++) {
                for (int from = i + 1; from + width <= best.length && best[i] != 0 && mayGoOn(); ) {
                    long[] fewer = without(best, from, width);
                    fewer[i]--;
                    from = accept(fewer) ? i + 1 : from + 1;
                }
            }
        }
    }

    private static long[] without(long[] choices, int from, int width) {
        long[] shorter = new long[choices.length - width];
        System.arraycopy(choices, 0, shorter, 0, from);
        System.arraycopy(choices, from + width, shorter, from, shorter.length - from);
        return shorter;
    }

    private static int narrower(int width) {
        return width > STEP_WIDTH_MAX ? Math.max(STEP_WIDTH_MAX, width / 2) : width - 1;
    }

    private void setToZero() {
        for (int width = Integer.highestOneBit(Math.max(1, best.length)); width >= 1; width /= 2) {
            for (int from = 0; from + width <= best.length && mayGoOn(); from += width) {
                long[] lower = best.clone();
                Arrays.fill(lower, from, from + width, 0);
                accept(lower);
            }
        }
    }

    /** Looks for the lowest failing value of each choice, by halves: exact where "fails" has one threshold. */
    private void lower() {
        for (int i = 0; i < best.length; i++) {
            long passes = -1;
            while (i < best.length && best[i] - passes > 1 && best[i] > 0 && mayGoOn()) {
                long middle = passes + (best[i] - passes) / 2;
                long[] lower = best.clone();
                lower[i] = middle;
                if (!accept(lower)) {
                    passes = middle;
                }
            }
        }
    }

    private boolean accept(long[] candidate) {
        if (!isSmaller(candidate, best)) {
            return false;
        }
        runs++;
        long[] taken = stillFails.apply(candidate);
        if (taken == null || !isSmaller(taken, best)) {
            return false;
        }
        best = taken;
        return true;
    }

    private boolean mayGoOn() {
        return runs < RUNS_MAX && System.nanoTime() < deadlineNanos;
    }

    private static boolean isSmaller(long[] left, long[] right) {
        return left.length != right.length ? left.length < right.length : Arrays.compareUnsigned(left, right) < 0;
    }
}
