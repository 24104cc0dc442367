package dev.merapi.query.live.index;

import dev.merapi.api.value.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A set of objects that hash as they are told to and are themselves their identity, in no order. One is put in, found
 * or taken out in constant time, and costs a reference or two: a map of the Java library would cost ten.
 *
 * <p>Invariant: open addressing with linear probing: between the place an object's hash names and the place it has, all
 * are taken. At most two thirds are, and at least a twelfth but for the smallest size.
 *
 * @param <T> the objects; the hash of each must not change while it is in the set
 */
public final class HashedSet<T> {
    private static final int MIN_CAPACITY = 4;

    private final ToIntFunction<T> hash;
    private @Nullable Object[] places = new @Nullable Object[MIN_CAPACITY];
    private int size;

    public HashedSet(ToIntFunction<T> hash) {
        this.hash = hash;
    }

    public int size() {
        return size;
    }

    /** Adds an object that is not there. */
    public void add(T object) {
        if ((size + 1) * 3L > places.length * 2L) {
            resize(places.length * 2);
        }
        put(object);
        size++;
    }

    private void put(T object) {
        int at = home(object);
        while (places[at] != null) {
            at = next(at);
        }
        places[at] = object;
    }

    /** An object with a hash that passes a test; null if there is none. */
    public @Nullable T find(int ofHash, Predicate<T> test) {
        for (int at = home(ofHash); places[at] != null; at = next(at)) {
            T object = get(at);
            if (hash.applyAsInt(object) == ofHash && test.test(object)) {
                return object;
            }
        }
        return null;
    }

    /**
     * Removes an object.
     *
     * @throws IllegalStateException when it is not there
     */
    @SuppressWarnings("ReferenceEquality") // That is what identity means.
    public void remove(T object) {
        int at = home(object);
        while (places[at] != object) {
            if (places[at] == null) {
                throw new IllegalStateException("not in the set: " + object);
            }
            at = next(at);
        }
        places[at] = null;
        closeGap(at);
        size--;
        if (places.length > MIN_CAPACITY && size * 12L < places.length) {
            resize(places.length / 4);
        }
    }

    /** Moves up those who had to pass the place that has become free. */
    private void closeGap(int gap) {
        int free = gap;
        for (int at = next(gap); places[at] != null; at = next(at)) {
            int distance = (at - home(get(at))) & (places.length - 1);
            if (distance >= ((at - free) & (places.length - 1))) {
                places[free] = places[at];
                places[at] = null;
                free = at;
            }
        }
    }

    public void addAllTo(List<T> into) {
        for (int at = 0; at < places.length; at++) {
            if (places[at] != null) {
                into.add(get(at));
            }
        }
    }

    public List<T> toList() {
        List<T> all = new ArrayList<>(size);
        addAllTo(all);
        return all;
    }

    @SuppressWarnings("unchecked") // Only objects of type T come in.
    private T get(int at) {
        return (T) Objects.requireNonNull(places[at]);
    }

    private void resize(int capacity) {
        @Nullable Object[] old = places;
        places = new @Nullable Object[Math.max(MIN_CAPACITY, capacity)];
        for (Object object : old) {
            if (object != null) {
                @SuppressWarnings("unchecked") // Only objects of type T come in.
                T moved = (T) object;
                put(moved);
            }
        }
    }

    private int home(T object) {
        return home(hash.applyAsInt(object));
    }

    private int home(int ofHash) {
        return RowKey.hashOfLong(ofHash) & (places.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (places.length - 1);
    }
}
