package dev.merapi.testing.property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The random decisions of one run, each a number from 0 to a bound, where 0 is the simplest choice.
 *
 * <p>A run either invents its numbers from a seed or repeats a given sequence. A repeated number is cut to the bound it
 * now meets, and a sequence that is too short goes on with zeros: whatever shrinking does to a sequence, it stays
 * a run.
 */
public final class Draw {
    private final SplittableRandom random;
    private final long @Nullable [] repeated;
    private long[] taken = new long[64];
    private int count;
    private final boolean keepsNotes;
    private final List<String> notes = new ArrayList<>();

    private Draw(long seed, long @Nullable [] repeated, boolean keepsNotes) {
        this.random = new SplittableRandom(seed);
        this.repeated = repeated;
        this.keepsNotes = keepsNotes;
    }

    static Draw fresh(long seed) {
        return new Draw(seed, null, false);
    }

    static Draw repeating(long[] choices, boolean keepsNotes) {
        return new Draw(0, choices, keepsNotes);
    }

    /** An integer between the bounds, both included; the one nearest to zero is the simplest. */
    public int intBetween(int min, int max) {
        return (int) longBetween(min, max);
    }

    /** An integer between the bounds, both included; small numbers and the bounds themselves come more often. */
    public long longBetween(long min, long max) {
        if (min > max) {
            throw new IllegalArgumentException("an empty range: from " + min + " to " + max);
        }
        long origin = Math.max(min, Math.min(max, 0));
        boolean downward = origin == max || (origin != min && choose(1) == 1);
        // A distance may need all 64 bits: it is unsigned, and the sums below wrap to the right value.
        return downward ? origin - choose(origin - min) : origin + choose(max - origin);
    }

    /** True in half of the draws; false is simpler. */
    public boolean bool() {
        return choose(1) == 1;
    }

    /** True in one of {@code n} draws, and the simplest choice. Use it for what ends something: an absence, a stop. */
    public boolean oneIn(int n) {
        return take(n - 1L, repeated == null && random.nextInt(n) == 0 ? 0 : 1) == 0;
    }

    /** One of the values; the first is the simplest. */
    public <T extends @Nullable Object> T pick(List<T> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing to pick from");
        }
        return values.get((int) uniform(values.size() - 1L));
    }

    /** A list whose length is between the bounds; shrinking removes elements one by one wherever they stand. */
    public <T extends @Nullable Object> List<T> list(int minSize, int maxSize, Generator<T> element) {
        // The wished length is not a choice of its own: each element carries its "one more", so that leaving out the
        // numbers of one element leaves a well-formed list.
        int wished = minSize + (int) skewed(maxSize - minSize);
        List<T> list = new ArrayList<>();
        while (list.size() < maxSize && (list.size() < minSize || take(1, list.size() < wished ? 1 : 0) == 1)) {
            list.add(element.generate(this));
        }
        return list;
    }

    /** A value drawn from a generator. */
    public <T extends @Nullable Object> T from(Generator<T> generator) {
        return generator.generate(this);
    }

    /** Adds a line to the report, if this run turns out to be the smallest that fails. */
    public void note(@Nullable Object what) {
        if (keepsNotes) {
            String shown = Arrays.deepToString(new @Nullable Object[] {what});
            notes.add(shown.substring(1, shown.length() - 1));
        }
    }

    /** A number from 0 to the bound (unsigned): small ones and the bound more often than by mere chance. */
    private long choose(long bound) {
        return take(bound, skewed(bound));
    }

    private long uniform(long bound) {
        return take(bound, below(bound));
    }

    /** Three kinds in turn: the ends of the range, a number of any magnitude, any number. */
    private long skewed(long bound) {
        if (bound == 1) {
            return random.nextInt(2);
        }
        return switch (random.nextInt(8)) {
            case 0 -> random.nextBoolean() ? bound : 0;
            case 1, 2, 3 -> {
                long ofAnyMagnitude = random.nextLong() >>> random.nextInt(64);
                yield Long.compareUnsigned(ofAnyMagnitude, bound) <= 0 ? ofAnyMagnitude : below(bound);
            }
            default -> below(bound);
        };
    }

    private long below(long bound) {
        return bound == -1 ? random.nextLong() : Long.remainderUnsigned(random.nextLong(), bound + 1);
    }

    private long take(long bound, long invented) {
        long[] given = repeated;
        long choice;
        if (given == null) {
            choice = invented;
        } else {
            long wanted = count < given.length ? given[count] : 0;
            choice = Long.compareUnsigned(wanted, bound) <= 0 ? wanted : bound;
        }
        if (count == taken.length) {
            taken = Arrays.copyOf(taken, count * 2);
        }
        taken[count++] = choice;
        return choice;
    }

    long[] choices() {
        return Arrays.copyOf(taken, count);
    }

    List<String> notes() {
        return notes;
    }
}
