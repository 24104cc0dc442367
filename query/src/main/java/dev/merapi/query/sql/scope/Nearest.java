package dev.merapi.query.sql.scope;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the name somebody probably meant. */
public final class Nearest {
    /** Longest name that is looked at: the cost grows with the square. */
    private static final int MAX_LENGTH = 64;

    /** Most candidates that are looked at. */
    private static final int MAX_CANDIDATES = 2_000;

    private Nearest() {}

    /**
     * The candidate with the fewest edits, if these are few enough (a third of the letters, at most three); else null.
     */
    public static @Nullable String of(String name, Collection<String> candidates) {
        if (name.length() > MAX_LENGTH) {
            return null;
        }
        int best = name.length() <= 2 ? 1 : Math.min(3, (name.length() + 2) / 3) + 1;
        String nearest = null;
        int looked = 0;
        for (String candidate : candidates) {
            if (++looked > MAX_CANDIDATES) {
                break;
            }
            if (Math.abs(candidate.length() - name.length()) < best) {
                int distance = distance(name, candidate);
                if (distance < best) {
                    best = distance;
                    nearest = candidate;
                }
            }
        }
        return nearest;
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
