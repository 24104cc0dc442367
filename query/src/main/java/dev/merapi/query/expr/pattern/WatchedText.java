package dev.merapi.query.expr.pattern;

import dev.merapi.query.expr.value.Errors;

/**
 * The text a matcher searches, counting how often it is looked at: at a character, or at the length, which the pauses
 * of {@link RegexPauses} do where a matcher works without reading. A search that takes too many steps ends with a coded
 * error; whoever waits for it is asked now and then whether to go on.
 */
final class WatchedText implements CharSequence {
    /** Steps between two questions whether to go on: about a millisecond. */
    private static final int STEPS_PER_CHECK = 1 << 16;

    /** What each character of a long text adds to the steps allowed. */
    private static final int STEPS_PER_CHARACTER = 16;

    private final String text;
    private final int weight;
    private final Runnable check;
    private final long allowed;
    private long steps;
    private long nextCheck = STEPS_PER_CHECK;
    private int furthest;

    /**
     * Watches a text.
     *
     * @param weight the steps that one look costs
     * @param check throws when the search is to end
     */
    WatchedText(String text, int weight, Runnable check) {
        this.text = text;
        this.weight = weight;
        this.check = check;
        this.allowed = Regex.MAX_STEPS + (long) STEPS_PER_CHARACTER * weight * text.length();
    }

    @Override
    public char charAt(int index) {
        if ((steps += weight) >= nextCheck) {
            pause();
        }
        if (index >= furthest) {
            furthest = index + 1;
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        if ((steps += weight) >= nextCheck) {
            pause();
        }
        return text.length();
    }

    private void pause() {
        if (steps > allowed) {
            throw Errors.limit("regular expression takes too long on this text", allowed)
                    .hint("avoid nested repetitions");
        }
        check.run();
        nextCheck = steps + STEPS_PER_CHECK;
    }

    /** The end of what has been read since {@link #forgetFurthest}: no match tried since then can end behind it. */
    int furthest() {
        return furthest;
    }

    void forgetFurthest() {
        furthest = 0;
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
