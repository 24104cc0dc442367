package dev.merapi.query.live;

import dev.merapi.api.value.RowKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of all results of one template, as a relation that changed rows are joined with. Where the template
 * has equality columns the join is a hash lookup, so a change costs the results it may match and not those that exist;
 * otherwise every result's predicate is asked. A key never holds NULL: a query that compares with NULL matches nothing
 * and does not come in here.
 *
 * <p>Owned by the live thread.
 */
final class ParameterRelation {
    /** Results with the same key values; usually one. */
    private static final class Group {
        final int hash;
        final byte[] key;
        TableResult[] members;
        int count;

        @Nullable
        Group next;

        Group(int hash, byte[] key, TableResult first, @Nullable Group next) {
            this.hash = hash;
            this.key = key;
            this.members = new TableResult[] {first};
            this.count = 1;
            this.next = next;
        }
    }

    private static final int MIN_BUCKETS = 16;

    private final @Nullable RowKey rowKey;
    private final @Nullable RowKey parameterKey;
    private @Nullable Group[] buckets = new @Nullable Group[MIN_BUCKETS];
    private int groups;
    /** Members where the template has no key. */
    private final List<TableResult> unkeyed = new ArrayList<>();

    ParameterRelation(TableTemplate template) {
        rowKey = template.key();
        parameterKey = rowKey == null ? null : rowKey.keyRowKey();
    }

    void add(TableResult result) {
        byte[] key = result.query().key();
        if (parameterKey == null || key == null) {
            result.slot = unkeyed.size();
            unkeyed.add(result);
            return;
        }
        int hash = parameterKey.hash(key);
        Group group = find(hash, parameterKey, key);
        if (group == null) {
            if (groups >= buckets.length) {
                grow();
            }
            int bucket = hash & (buckets.length - 1);
            buckets[bucket] = new Group(hash, key, result, buckets[bucket]);
            groups++;
            result.slot = 0;
        } else {
            if (group.count == group.members.length) {
                group.members = Arrays.copyOf(group.members, group.count * 2);
            }
            result.slot = group.count;
            group.members[group.count++] = result;
        }
    }

    void remove(TableResult result) {
        byte[] key = result.query().key();
        if (parameterKey == null || key == null) {
            TableResult last = unkeyed.removeLast();
            if (last != result) {
                unkeyed.set(result.slot, last);
                last.slot = result.slot;
            }
            return;
        }
        int hash = parameterKey.hash(key);
        Group group = find(hash, parameterKey, key);
        if (group == null) {
            throw new IllegalStateException("result is not part of the relation: " + result);
        }
        TableResult last = group.members[--group.count];
        group.members[result.slot] = last;
        last.slot = result.slot;
        if (group.count == 0) {
            unlink(group);
        } else {
            group.members[group.count] = group.members[0];
        }
    }

    /** Adds to {@code into} every result the row belongs to. */
    void match(byte[] row, List<TableResult> into) {
        RowKey key = rowKey;
        if (key == null) {
            for (TableResult result : unkeyed) {
                addIfMet(result, row, into);
            }
            return;
        }
        if (groups == 0) {
            return;
        }
        int hash = key.hash(row);
        Group group = findForRow(hash, key, row);
        if (group == null) {
            return;
        }
        for (int i = 0; i < group.count; i++) {
            addIfMet(group.members[i], row, into);
        }
    }

    private static void addIfMet(TableResult result, byte[] row, List<TableResult> into) {
        TableTemplate template = result.query().template();
        if (!template.hasRest() || template.meetsRest(row, result.context())) {
            into.add(result);
        }
    }

    private @Nullable Group find(int hash, RowKey keyOfKey, byte[] key) {
        for (Group group = buckets[hash & (buckets.length - 1)]; group != null; group = group.next) {
            if (group.hash == hash && keyOfKey.equal(key, keyOfKey, group.key)) {
                return group;
            }
        }
        return null;
    }

    private @Nullable Group findForRow(int hash, RowKey key, byte[] row) {
        RowKey keyOfKey = Objects.requireNonNull(parameterKey);
        for (Group group = buckets[hash & (buckets.length - 1)]; group != null; group = group.next) {
            if (group.hash == hash && key.equal(row, keyOfKey, group.key)) {
                return group;
            }
        }
        return null;
    }

    private void unlink(Group gone) {
        int bucket = gone.hash & (buckets.length - 1);
        Group group = buckets[bucket];
        if (group == gone) {
            buckets[bucket] = gone.next;
        } else {
            while (group != null && group.next != gone) {
                group = group.next;
            }
            if (group != null) {
                group.next = gone.next;
            }
        }
        groups--;
    }

    private void grow() {
        @Nullable Group[] old = buckets;
        buckets = new @Nullable Group[old.length * 2];
        for (Group head : old) {
            Group group = head;
            while (group != null) {
                Group next = group.next;
                int bucket = group.hash & (buckets.length - 1);
                group.next = buckets[bucket];
                buckets[bucket] = group;
                group = next;
            }
        }
    }
}
