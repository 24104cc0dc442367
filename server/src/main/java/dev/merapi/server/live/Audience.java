package dev.merapi.server.live;

import dev.merapi.query.live.LiveResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who follows one result: one member per client, however many subscriptions it has to the result, because a
 * client gets an update once and gives it to all of them. Owned by the live thread.
 */
final class Audience {
    /** The subscriptions of one client to one result. Almost always one. */
    static final class Member {
        private final Audience audience;
        private final Reader reader;
        final List<Subscription> subscriptions = new ArrayList<>(1);
        private int index;

        private Member(Audience audience, Reader reader) {
            this.audience = audience;
            this.reader = reader;
        }

        Reader reader() {
            return reader;
        }

        Outlet outlet() {
            return reader.outlet();
        }

        Audience audience() {
            return audience;
        }

        /**
         * Whether the client may get the shared update: all of its subscriptions to the result would apply it. One that
         * is catching up counts as live to the client, but would be told of changes that do not follow what it has.
         */
        boolean isLive() {
            for (int i = 0; i < subscriptions.size(); i++) {
                if (subscriptions.get(i).state != Subscription.State.LIVE) {
                    return false;
                }
            }
            return true;
        }
    }

    private final LiveResult result;
    private final Instant since;
    private long lastChanged;
    private final List<Member> members = new ArrayList<>(1);
    private @Nullable Map<Reader, Member> byReader;

    /**
     * @param since when the first of them came
     */
    Audience(LiveResult result, Instant since) {
        this.result = result;
        this.since = since;
    }

    Instant since() {
        return since;
    }

    /** The commit that changed the result last since then; 0 before the first. */
    long lastChanged() {
        return lastChanged;
    }

    void changed(long offset) {
        lastChanged = offset;
    }

    LiveResult result() {
        return result;
    }

    List<Member> members() {
        return members;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    void add(Subscription subscription, Reader reader) {
        Member member = find(reader);
        if (member == null) {
            member = new Member(this, reader);
            member.index = members.size();
            members.add(member);
            if (byReader != null) {
                byReader.put(reader, member);
            } else if (members.size() > 8) {
                Map<Reader, Member> map = new HashMap<>();
                members.forEach(m -> map.put(m.reader, m));
                byReader = map;
            }
        }
        member.subscriptions.add(subscription);
        subscription.member = member;
    }

    void remove(Subscription subscription) {
        Member member = subscription.member;
        if (member == null || !member.subscriptions.remove(subscription)) {
            return;
        }
        subscription.member = null;
        if (member.subscriptions.isEmpty()) {
            Member last = members.removeLast();
            if (!last.equals(member)) {
                members.set(member.index, last);
                last.index = member.index;
            }
            if (byReader != null) {
                byReader.remove(member.reader);
            }
        }
    }

    private @Nullable Member find(Reader reader) {
        if (byReader != null) {
            return byReader.get(reader);
        }
        for (Member member : members) {
            if (member.reader.equals(reader)) {
                return member;
            }
        }
        return null;
    }
}
