package dev.merapi.benchmarks.live;

import dev.merapi.benchmarks.Goal;
import dev.merapi.benchmarks.Ratio;
import dev.merapi.benchmarks.RatioBenchmark;
import dev.merapi.benchmarks.Scale;
import dev.merapi.query.live.LiveQueries;
import dev.merapi.store.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/** A change that concerns one of very many subscriptions, in two engines in turns. Each side is given every change. */
public final class ChangeAmongSubscriptions implements RatioBenchmark {
    private static final int COMMITS_PER_BATCH = 500;
    private static final int SMOKE = 1_000;

    private final String work;
    private final String comparedWith;
    private final Goal goal;
    private final Population subject;
    private final int fullSubscriptions;
    private final boolean onlyOne;
    private final boolean wandering;

    private ChangeAmongSubscriptions(
            String work, Goal goal, Population subject, int fullSubscriptions, boolean onlyOne, boolean wandering) {
        this.work = work;
        this.comparedWith = onlyOne ? "the same among 1" : "the same among as many by equality";
        this.goal = goal;
        this.subject = subject;
        this.fullSubscriptions = fullSubscriptions;
        this.onlyOne = onlyOne;
        this.wandering = wandering;
    }

    /** Every change concerns the same subscription, among many and alone. */
    public static RatioBenchmark same(int subscriptions) {
        String work = "one change among " + subscriptions + " subscriptions of a template";
        return new ChangeAmongSubscriptions(work, Goal.atMost(1.5), Population.EQUALITY, subscriptions, true, false);
    }

    /** Every change concerns another subscription among many; alone it is always the same one. */
    public static RatioBenchmark another(int subscriptions) {
        String work = "one change among " + subscriptions + " subscriptions of a template, for another one each time";
        return new ChangeAmongSubscriptions(work, Goal.atMost(5), Population.EQUALITY, subscriptions, true, true);
    }

    /** Every change concerns another subscription of a mixed population, or of one by equality. */
    public static RatioBenchmark mixed(int subscriptions) {
        return among(Population.MIXED, subscriptions, Goal.atMost(3));
    }

    public static RatioBenchmark ranges(int subscriptions) {
        return among(Population.RANGE, subscriptions, Goal.atMost(5));
    }

    public static RatioBenchmark prefixes(int subscriptions) {
        return among(Population.PREFIX, subscriptions, Goal.atMost(5));
    }

    private static RatioBenchmark among(Population population, int subscriptions, Goal goal) {
        String work = "one change among " + subscriptions + " subscriptions: " + population;
        return new ChangeAmongSubscriptions(work, goal, population, subscriptions, false, true);
    }

    @Override
    public String work() {
        return work;
    }

    @Override
    public String comparedWith() {
        return comparedWith;
    }

    @Override
    public Goal goal() {
        return goal;
    }

    @Override
    public Ratio run(Scale scale) {
        int subscriptions = scale == Scale.SMOKE ? SMOKE : fullSubscriptions;
        int batches = scale == Scale.SMOKE ? 4 : 80;
        try (LiveDatabase database = new LiveDatabase(Population.TABLE)) {
            Sides sides = new Sides(
                    database,
                    subject.subscribeAll(database, subscriptions),
                    Population.EQUALITY.subscribeAll(database, onlyOne ? 1 : subscriptions));
            List<Double> withMany = new ArrayList<>();
            List<Double> withOther = new ArrayList<>();
            Random random = new Random(5);
            for (int batch = 0; batch < batches; batch++) {
                double[] nanos = sides.run(() -> wandering ? random.nextInt(subscriptions) : 0, onlyOne && wandering);
                if (batch >= batches / 2) {
                    withMany.add(nanos[0]);
                    withOther.add(nanos[1]);
                }
            }
            return Ratio.ofNanos(withMany, withOther, "change", sides.delivered);
        }
    }

    /** Two engines over one database. */
    private static final class Sides {
        private final LiveDatabase database;
        private final LiveQueries many;
        private final LiveQueries other;
        private long delivered;
        private int nextId;

        Sides(LiveDatabase database, LiveQueries many, LiveQueries other) {
            this.database = database;
            this.many = many;
            this.other = other;
        }

        /**
         * Gives both sides a batch of changes.
         *
         * @param ownChanges whether the other side has changes of its own, of the one thread it knows
         * @return nanoseconds per change on either side
         */
        double[] run(IntSupplier thread, boolean ownChanges) {
            List<Commit> commits = messages(thread);
            double[] nanos = new double[2];
            nanos[0] = timed(many, commits);
            if (ownChanges) {
                commits.forEach(other::apply);
                List<Commit> own = messages(() -> 0);
                nanos[1] = timed(other, own);
                own.forEach(many::apply);
            } else {
                nanos[1] = timed(other, commits);
            }
            Commit cleared = database.run("DELETE FROM messages");
            many.apply(cleared);
            other.apply(cleared);
            return nanos;
        }

        private List<Commit> messages(IntSupplier thread) {
            List<Commit> commits = new ArrayList<>();
            for (int i = 0; i < COMMITS_PER_BATCH; i++) {
                commits.add(Population.message(database, nextId++, thread.getAsInt()));
            }
            return commits;
        }

        private double timed(LiveQueries live, List<Commit> commits) {
            long start = System.nanoTime();
            int updates = 0;
            for (Commit commit : commits) {
                updates += live.apply(commit).size();
            }
            double nanos = (double) (System.nanoTime() - start) / commits.size();
            if (updates != commits.size()) {
                throw new IllegalStateException(updates + " updates of " + commits.size() + " changes");
            }
            delivered += updates;
            return nanos;
        }
    }
}
