package dev.merapi.query.expr.pattern;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Puts pauses into a translated expression: places at which Java's matcher looks at the text whatever stands there, so
 * that {@link WatchedText} can count all of its work.
 *
 * <p>Without them a matcher reads nothing at the end of the text, yet tries all ways to leave groups repeated no times:
 * 2^n of them for n groups. A pause is an empty lookahead, which always holds; with transparent bounds it asks for the
 * length of the text. Pauses stand wherever the search can branch without having read a character: in each alternative
 * but the first, at the start and behind the end of a repeated group, at the start of a lookaround. Repeated characters
 * need none, as at the end of the text there is one way through them only; but no more than {@link #LONGEST_CHAIN}
 * parts that may match nothing follow each other without a pause. So a matcher does a bounded number of things between
 * two looks at the text, and usual expressions have no pause at all.
 */
final class RegexPauses {
    static final String PAUSE = "(?=)";

    private static final int LONGEST_CHAIN = 16;

    private final StringBuilder out;

    /** Where the bodies of the open groups start. */
    private final Deque<Integer> open = new ArrayDeque<>();

    /** Parts since the last pause that may have matched nothing. */
    private int chain;

    /** Where the body of the group starts that ends where the output ends; -1 when none does. */
    private int closed = -1;

    RegexPauses(StringBuilder out) {
        this.out = out;
    }

    /** Called in front of every part but quantifiers. */
    void beforePart() {
        closed = -1;
        if (chain >= LONGEST_CHAIN) {
            pause();
        }
    }

    /** Called behind a part that may match nothing. */
    void mayBeEmpty() {
        chain++;
    }

    void openGroup(boolean look) {
        chain++;
        open.addLast(out.length());
        if (look) {
            pause();
        }
    }

    void alternative() {
        pause();
    }

    void closeGroup() {
        chain++;
        closed = open.removeLast();
    }

    /** Called before a quantifier is written: a group may be repeated without reading anything. */
    boolean repeatsGroup() {
        if (closed < 0) {
            chain++;
            return false;
        }
        out.insert(closed, PAUSE);
        return true;
    }

    void pause() {
        out.append(PAUSE);
        chain = 0;
    }
}
