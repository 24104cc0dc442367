package dev.merapi.query.live.index;

/** Who is found. */
public interface Member {
    /** Tells members apart; never changes. */
    long id();

    /**
     * The rows wanted, as told to an index. The same for as long as the member is in it.
     *
     * @param index the number given to the {@link MemberIndex} when it was made
     */
    Selection selection(int index);
}
