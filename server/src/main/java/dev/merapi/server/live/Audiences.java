package dev.merapi.server.live;

import dev.merapi.query.live.LiveResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who follows what: by result, to deliver; by client, to serve and to forget it as a whole. Owned by the live thread.
 */
final class Audiences {
    private final Map<Long, Audience> byResult = new HashMap<>();
    private final Map<Outlet, Set<Subscription>> byOutlet = new HashMap<>();
    private int subscriptions;

    void add(Subscription subscription, LiveResult result) {
        byResult.computeIfAbsent(result.id(), id -> new Audience(result)).add(subscription);
        byOutlet.computeIfAbsent(subscription.outlet(), o -> Collections.newSetFromMap(new IdentityHashMap<>()))
                .add(subscription);
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
        byOutlet.computeIfPresent(subscription.outlet(), (outlet, all) -> {
            all.remove(subscription);
            return all.isEmpty() ? null : all;
        });
        subscriptions--;
        return audience.result();
    }

    @Nullable
    Audience find(LiveResult result) {
        return byResult.get(result.id());
    }

    /** A copy: the caller may remove what it goes through. */
    List<Subscription> of(Outlet outlet) {
        return List.copyOf(byOutlet.getOrDefault(outlet, Set.of()));
    }

    /** A copy: the caller may remove what it goes through. */
    List<Subscription> all() {
        List<Subscription> all = new ArrayList<>(subscriptions);
        byOutlet.values().forEach(all::addAll);
        return all;
    }

    Collection<Map.Entry<Outlet, Set<Subscription>>> outlets() {
        return byOutlet.entrySet();
    }

    int size() {
        return subscriptions;
    }
}
