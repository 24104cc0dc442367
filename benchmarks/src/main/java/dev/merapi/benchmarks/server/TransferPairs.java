package dev.merapi.benchmarks.server;

import java.util.SplittableRandom;

/**
 * Who pays whom: drawn before the clock runs, the same for both sides. Always two different accounts.
 *
 * @param from the numbers of the paying accounts
 * @param to the numbers of the paid accounts
 */
record TransferPairs(int[] from, int[] to) {
    static final int SEED = 20_261_121;

    static TransferPairs draw(int count, int accounts, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] from = new int[count];
        int[] to = new int[count];
        for (int i = 0; i < count; i++) {
            from[i] = random.nextInt(accounts);
            to[i] = (from[i] + 1 + random.nextInt(accounts - 1)) % accounts;
        }
        return new TransferPairs(from, to);
    }

    int size() {
        return from.length;
    }
}
