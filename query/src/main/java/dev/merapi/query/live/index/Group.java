package dev.merapi.query.live.index;

import java.util.List;

/** Several members with one key. */
sealed interface Group<M extends Member> permits IntervalTree, Everybody {
    int size();

    /** Adds a member that is not there. */
    void add(M member);

    /**
     * Removes a member.
     *
     * @throws IllegalStateException when it is not there
     */
    void remove(M member);

    /** Adds to a list those who want a row that has the key. */
    void find(byte[] row, List<M> into);
}
