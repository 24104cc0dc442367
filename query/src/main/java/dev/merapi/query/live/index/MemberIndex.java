package dev.merapi.query.live.index;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Members by the rows they want: by hash of the key columns, and among those with one key by the interval tree of the
 * range column. Without either, all of them are found by every row.
 *
 * <p>Invariant: {@link #find} gives exactly the members whose {@link Selection#contains selection contains} the row,
 * each once.
 *
 * @param <M> the members
 */
public final class MemberIndex<M extends Member> {
    private final int number;
    private final @Nullable RangeColumn range;

    /** By key: a member, or a {@link Group} of several. Most keys have one, who needs no more than the entry. */
    private final @Nullable KeyTable byKey;

    /** The same for everybody where there is no key. */
    private @Nullable Object all;

    /**
     * @param number by which members know what to answer {@link Member#selection}
     */
    public MemberIndex(int number, @Nullable KeyColumns keys, @Nullable RangeColumn range) {
        this.number = number;
        this.range = range;
        this.byKey = keys == null ? null : new KeyTable(keys);
    }

    /** Adds a member that is not there. */
    public void add(M member) {
        if (byKey == null) {
            all = with(all, member);
            return;
        }
        Selection selection = member.selection(number);
        for (int i = 0; i < selection.keyCount(); i++) {
            byte[] key = selection.key(i);
            Object present = byKey.find(key);
            Object more = with(present, member);
            if (!(present instanceof Group<?>)) {
                byKey.put(key, more);
            }
        }
    }

    /**
     * Removes a member.
     *
     * @throws IllegalStateException when it is not there
     */
    public void remove(M member) {
        if (byKey == null) {
            all = without(all, member);
            return;
        }
        Selection selection = member.selection(number);
        for (int i = 0; i < selection.keyCount(); i++) {
            byte[] key = selection.key(i);
            if (without(byKey.find(key), member) == null) {
                byKey.remove(key);
            }
        }
    }

    /** Adds to a list those who want a row. */
    public void find(byte[] row, List<M> into) {
        Object found = byKey == null ? all : byKey.findByRow(row);
        if (found instanceof Group<?> several) {
            group(several).find(row, into);
        } else if (found != null) {
            M member = member(found);
            if (range == null || range.contains(boundsOf(member), row)) {
                into.add(member);
            }
        }
    }

    private Bounds boundsOf(M member) {
        return Objects.requireNonNull(member.selection(number).bounds());
    }

    private Object with(@Nullable Object present, M member) {
        if (present == null) {
            return member;
        }
        Group<M> group;
        if (present instanceof Group<?> several) {
            group = group(several);
        } else {
            group = range == null ? new Everybody<>() : new IntervalTree<>(range, number);
            group.add(member(present));
        }
        group.add(member);
        return group;
    }

    private @Nullable Object without(@Nullable Object present, M member) {
        if (present instanceof Group<?> several) {
            Group<M> group = group(several);
            group.remove(member);
            return group.size() == 0 ? null : group;
        }
        if (present == null || member(present).id() != member.id()) {
            throw new IllegalStateException("not a member: " + member);
        }
        return null;
    }

    @SuppressWarnings("unchecked") // Only members of type M come in.
    private M member(Object entry) {
        return (M) entry;
    }

    @SuppressWarnings("unchecked") // Only members of type M come in.
    private Group<M> group(Group<?> entry) {
        return (Group<M>) entry;
    }
}
