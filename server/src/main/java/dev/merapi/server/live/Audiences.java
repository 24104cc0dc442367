package dev.merapi.server.live;

import dev.merapi.query.live.LiveResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who follows what: by result, to deliver; by client, to serve and to forget it as a whole. Owned by the live thread.
 */
final class Audiences {
    private final Map<Long, Audience> byResult = new HashMap<>();
    private final Map<Outlet, Reader> readers = new HashMap<>();
    private final InstantSource clock;
    private int subscriptions;

    Audiences(InstantSource clock) {
        this.clock = clock;
    }

    void add(Subscription subscription, LiveResult result) {
        Reader reader = readers.computeIfAbsent(subscription.outlet(), Reader::new);
        reader.add(subscription);
        byResult.computeIfAbsent(result.id(), id -> new Audience(result, clock.instant()))
                .add(subscription, reader);
        subscriptions++;
    }

    /** Forgets a subscription; returns the result it followed, or null if it followed none. */
    @Nullable
    LiveResult remove(Subscription subscription) {
        Audience.Member member = subscription.member;
        if (member == null) {
            return null;
        }
        Audience audience = member.audience();
        audience.remove(subscription);
        if (audience.isEmpty()) {
            byResult.remove(audience.result().id());
        }
        Reader reader = member.reader();
        reader.remove(subscription);
        if (reader.isEmpty()) {
            readers.remove(subscription.outlet());
        }
        subscriptions--;
        return audience.result();
    }

    @Nullable
    Audience find(LiveResult result) {
        return byResult.get(result.id());
    }

    /** A copy: the caller may remove what it goes through. */
    List<Subscription> of(Outlet outlet) {
        Reader reader = readers.get(outlet);
        return reader == null ? List.of() : List.copyOf(reader.subscriptions());
    }

    /** A copy: the caller may remove what it goes through. */
    List<Subscription> all() {
        List<Subscription> all = new ArrayList<>(subscriptions);
        readers.values().forEach(reader -> all.addAll(reader.subscriptions()));
        return all;
    }

    Collection<Audience> audiences() {
        return byResult.values();
    }

    Collection<Reader> readers() {
        return readers.values();
    }

    int size() {
        return subscriptions;
    }
}
