package dev.merapi.store;

import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ForeignKey.Action;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Two tables as sorted maps that are searched from end to end: parents (id unique, code unique or null) and children
 * (id unique, code of a parent or null, n not negative). It knows what the store must do, and nothing of how.
 */
final class NaiveFamily {
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final transient ErrorCode code;

        Refused(ErrorCode code) {
            this.code = code;
        }
    }

    final Action onDelete;
    final Action onUpdate;
    final NavigableMap<Long, Object[]> parents;
    final NavigableMap<Long, Object[]> children;
    private long nextParent = 1;
    private long nextChild = 1;

    NaiveFamily(Action onDelete, Action onUpdate) {
        this(onDelete, onUpdate, new TreeMap<>(), new TreeMap<>());
    }

    private NaiveFamily(
            Action onDelete,
            Action onUpdate,
            NavigableMap<Long, Object[]> parents,
            NavigableMap<Long, Object[]> children) {
        this.onDelete = onDelete;
        this.onUpdate = onUpdate;
        this.parents = parents;
        this.children = children;
    }

    /** Rows are never altered in place, so a copy of the maps is a copy of everything. */
    NaiveFamily copy() {
        NaiveFamily copy = new NaiveFamily(onDelete, onUpdate, new TreeMap<>(parents), new TreeMap<>(children));
        copy.nextParent = nextParent;
        copy.nextChild = nextChild;
        return copy;
    }

    long insertParent(Object... row) {
        requireUnique(parents, -1, row, 0);
        requireUnique(parents, -1, row, 1);
        parents.put(nextParent, row);
        return nextParent++;
    }

    long insertChild(Object... row) {
        requireChild(-1, row);
        children.put(nextChild, row);
        return nextChild++;
    }

    boolean updateParent(long rowId, Object... row) {
        Object[] old = parents.get(rowId);
        if (old == null) {
            return false;
        }
        requireUnique(parents, rowId, row, 0);
        requireUnique(parents, rowId, row, 1);
        parents.put(rowId, row);
        if (old[1] != null && !old[1].equals(row[1])) {
            codeLost(old[1], onUpdate, child -> new Object[] {child[0], row[1], child[2]});
        }
        return true;
    }

    boolean updateChild(long rowId, Object... row) {
        if (!children.containsKey(rowId)) {
            return false;
        }
        requireChild(rowId, row);
        children.put(rowId, row);
        return true;
    }

    boolean deleteParent(long rowId) {
        Object[] old = parents.remove(rowId);
        if (old != null && old[1] != null) {
            codeLost(old[1], onDelete, child -> null);
        }
        return old != null;
    }

    boolean deleteChild(long rowId) {
        return children.remove(rowId) != null;
    }

    /** A parent's code went away or became another: its children follow; a cascade may take them away. */
    private void codeLost(Object code, Action action, UnaryOperator<Object[]> cascade) {
        for (long rowId : List.copyOf(children.keySet())) {
            Object[] child = children.get(rowId);
            if (!code.equals(child[1])) {
                continue;
            }
            Object[] after = switch (action) {
                case NO_ACTION -> child;
                case RESTRICT -> throw new Refused(ErrorCode.RESTRICT_VIOLATION);
                case SET_NULL -> new Object[] {child[0], null, child[2]};
                case CASCADE -> cascade.apply(child);
            };
            if (after == null) {
                children.remove(rowId);
            } else {
                children.put(rowId, after);
            }
        }
    }

    void endStatement() {
        for (Object[] child : children.values()) {
            if (child[1] != null && parents.values().stream().noneMatch(parent -> child[1].equals(parent[1]))) {
                throw new Refused(ErrorCode.FOREIGN_KEY_VIOLATION);
            }
        }
    }

    private void requireChild(long rowId, Object[] row) {
        if ((long) row[2] < 0) {
            throw new Refused(ErrorCode.CHECK_VIOLATION);
        }
        requireUnique(children, rowId, row, 0);
    }

    private static void requireUnique(NavigableMap<Long, Object[]> rows, long rowId, Object[] row, int column) {
        boolean taken = rows.entrySet().stream()
                .filter(entry -> entry.getKey() != rowId && row[column] != null)
                .anyMatch(entry -> Objects.equals(entry.getValue()[column], row[column]));
        if (taken) {
            throw new Refused(ErrorCode.UNIQUE_VIOLATION);
        }
    }

    static List<List<Object>> values(NavigableMap<Long, Object[]> rows) {
        return rows.values().stream().map(Arrays::asList).toList();
    }
}
