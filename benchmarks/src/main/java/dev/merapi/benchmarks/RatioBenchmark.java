package dev.merapi.benchmarks;

/** One row of the table of ratios. */
public interface RatioBenchmark {
    /** The work that is measured, in a few words. */
    String work();

    /** What it is compared with in the same run. */
    String comparedWith();

    Goal goal();

    /**
     * Runs both sides in turns and checks that the work was really done.
     *
     * @throws Exception whatever goes wrong; a benchmark that fails has no result
     */
    Ratio run(Scale scale) throws Exception;
}
