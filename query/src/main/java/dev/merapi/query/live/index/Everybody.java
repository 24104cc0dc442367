package dev.merapi.query.live.index;

import java.util.List;

/** Members of whom nothing is known but that they want rows with the key. */
final class Everybody<M extends Member> implements Group<M> {
    private final HashedSet<M> members = new HashedSet<>(member -> Long.hashCode(member.id()));

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public void add(M member) {
        members.add(member);
    }

    @Override
    public void remove(M member) {
        members.remove(member);
    }

    @Override
    public void find(byte[] row, List<M> into) {
        members.addAllTo(into);
    }
}
