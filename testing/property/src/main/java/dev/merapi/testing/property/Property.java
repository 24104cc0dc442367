package dev.merapi.testing.property;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Checks a claim on many random values and reports the smallest value that refutes it, with the seed to see it again.
 *
 * <pre>{@code
 * property().check(bytes(0, 100), bytes -> assertThat(decode(encode(bytes))).isEqualTo(bytes));
 * }</pre>
 *
 * <p>Where the next step depends on the last one, draw inside the claim and leave notes for the report:
 *
 * <pre>{@code
 * property().runs(500).explore(draw -> {
 *     for (int i = draw.intBetween(0, 50); i > 0; i--) { … draw.note("insert " + row); … }
 * });
 * }</pre>
 *
 * <p>System properties: {@code property.seed} repeats one run; {@code property.runs} replaces the number of runs of
 * every property. Without a seed each execution tries other values.
 */
public final class Property {
    /** Quick enough to stand in any fast test. */
    public static final int RUNS_DEFAULT = 100;

    /** More discarded runs than this for each wanted one, and the generator misses what the claim is about. */
    private static final int DISCARDED_PER_RUN_MAX = 20;

    private final int runs;
    private final @Nullable Long seed;

    private Property(int runs, @Nullable Long seed) {
        this.runs = runs;
        this.seed = seed;
    }

    /** A property with the default number of runs. */
    public static Property property() {
        return new Property(RUNS_DEFAULT, null);
    }

    /** The same property with another number of runs, unless {@code property.runs} is set. */
    public Property runs(int count) {
        return new Property(count, seed);
    }

    /** The same property starting with a given seed: keeps a failure of the past as a case of its own. */
    public Property seed(long first) {
        return new Property(runs, first);
    }

    /**
     * Checks a claim about generated values.
     *
     * @throws AssertionError with the smallest value found for which the claim throws
     */
    public <T extends @Nullable Object> void check(Generator<T> generator, Claim<T> claim) {
        explore(draw -> {
            T value = generator.generate(draw);
            draw.note(value);
            claim.check(value);
        });
    }

    /**
     * Checks a claim that draws its values as it goes.
     *
     * @throws AssertionError with the notes of the smallest run found in which the claim throws
     */
    public void explore(Claim<Draw> claim) {
        Long replayed = Long.getLong("property.seed");
        Long first = replayed != null ? replayed : seed;
        int wanted = Integer.getInteger("property.runs", replayed != null ? 1 : runs);
        long runSeed = first != null ? first : new SplittableRandom().nextLong();
        SplittableRandom seeds = new SplittableRandom(runSeed);

        int discarded = 0;
        for (int run = 1; run <= wanted; ) {
            Draw draw = Draw.fresh(runSeed);
            Throwable failure = attempt(claim, draw);
            if (failure instanceof Discarded) {
                if (++discarded > wanted * DISCARDED_PER_RUN_MAX) {
                    throw new AssertionError("the claim was checked on " + (run - 1) + " values, and " + discarded
                            + " were discarded: let the generator make values that fit more often");
                }
            } else if (failure != null) {
                throw refuted(claim, draw, failure, runSeed, run);
            } else {
                run++;
            }
            runSeed = seeds.nextLong();
        }
    }

    /** Discards the current run, without counting it, unless the condition holds. */
    public static void assume(boolean condition) {
        if (!condition) {
            throw new Discarded();
        }
    }

    // A claim may fail in any way, also by an error of the machine such as a stack overflow: each refutes it.
    private static @Nullable Throwable attempt(Claim<Draw> claim, Draw draw) {
        try {
            claim.check(draw);
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    private static AssertionError refuted(Claim<Draw> claim, Draw failed, Throwable failure, long runSeed, int run) {
        Shrinker shrinker = new Shrinker(failed.choices(), choices -> {
            Draw draw = Draw.repeating(choices, false);
            Throwable again = attempt(claim, draw);
            // Another kind of failure is another mistake: following it would hide the one that was found.
            return again != null && again.getClass() == failure.getClass() ? draw.choices() : null;
        });
        Draw smallest = Draw.repeating(shrinker.shrink(), true);
        Throwable cause = attempt(claim, smallest);

        StringBuilder report = new StringBuilder("the claim does not hold");
        smallest.notes().forEach(note -> report.append("\n  ").append(note));
        report.append("\nbecause: ").append(cause != null ? cause : "the smallest run passes now; was: " + failure);
        report.append("\nfound in run ").append(run).append(", made smaller in ");
        report.append(shrinker.runs()).append(" further runs, seed=").append(runSeed);
        report.append("\nreplay: ").append(replayCommand(runSeed));
        return new AssertionError(report.toString(), cause != null ? cause : failure);
    }

    private static String replayCommand(long runSeed) {
        String test = StackWalker.getInstance()
                .walk(frames -> frames.filter(Property::isTest).reduce((inner, outer) -> outer))
                .map(frame -> simpleName(frame.getClassName()) + "#" + frame.getMethodName())
                .orElse("?");
        Path module = Path.of("").toAbsolutePath();
        Path project = module;
        for (Path up = module; up != null; up = up.getParent()) {
            project = Files.exists(up.resolve("pom.xml")) ? up : project;
        }
        return "mvn -q -pl " + project.relativize(module) + " -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest="
                + test + " -Dproperty.seed=" + runSeed;
    }

    private static boolean isTest(StackWalker.StackFrame frame) {
        return frame.getClassName().endsWith("Test") && !frame.getMethodName().startsWith("lambda$");
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** What must hold; it throws whatever it likes when it does not. */
    @FunctionalInterface
    public interface Claim<T extends @Nullable Object> {
        void check(T value) throws Exception;
    }

    /** Ends a run that says nothing about the claim. */
    private static final class Discarded extends RuntimeException {
        Discarded() {
            super("discarded", null, false, false);
        }
    }
}
