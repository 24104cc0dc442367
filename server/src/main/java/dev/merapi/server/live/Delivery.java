package dev.merapi.server.live;

import dev.merapi.query.live.DerivedResult;
import dev.merapi.query.live.LiveResult;
import dev.merapi.query.live.QueryUpdate;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands updates to the clients of a result: the same encoded message to all of them. A client that is congested gets
 * nothing; its subscription is marked as lagging and catches up once the client has read. Owned by the live thread.
 */
final class Delivery {
    private static final int PROGRESS_BYTES = 13;

    private final Audiences audiences;
    private final Consumer<LiveEvent> self;
    private final int messageBytes;
    /** Those the commit at work has something for. */
    private final List<Reader> inCommit = new ArrayList<>();

    private long delivered;

    /**
     * @param self the mailbox of the stage
     * @param messageBytes longer updates are sent in parts
     */
    Delivery(Audiences audiences, Consumer<LiveEvent> self, int messageBytes) {
        this.audiences = audiences;
        this.self = self;
        this.messageBytes = messageBytes;
    }

    long delivered() {
        return delivered;
    }

    /** Hands an update over; it leaves at {@link #endCommit} at the latest. */
    void deliver(QueryUpdate update) {
        Audience audience = audiences.find(update.result());
        if (audience == null) {
            return;
        }
        audience.changed(update.offset());
        List<RowChange> changes = Changes.toWire(update.changes());
        SharedUpdate shared = new SharedUpdate(
                update.result().id(), update.offset(), update.timestampMicros(), Changes.split(changes, messageBytes));
        List<Audience.Member> members = audience.members();
        for (int i = 0; i < members.size(); i++) {
            Audience.Member member = members.get(i);
            Reader reader = member.reader();
            if (reader.enterCommit()) {
                inCommit.add(reader);
            }
            if (!member.isLive()) {
                deliverMixed(member, update, changes);
            } else if (member.outlet().isCongested()) {
                for (Subscription subscription : member.subscriptions) {
                    lag(subscription, update);
                }
            } else {
                delivered++;
                reader.send(shared);
            }
        }
    }

    /**
     * All updates of a commit have been delivered: clients learn that what they have is true as of it.
     *
     * @param offset the last commit applied
     * @param whole whether the updates were those of this commit, and not of several up to it
     */
    void endCommit(long offset, boolean whole) {
        for (int i = 0; i < inCommit.size(); i++) {
            Reader reader = inCommit.get(i);
            if (reader.endCommit(whole)) {
                tellIfCurrent(reader, offset);
            }
        }
        inCommit.clear();
    }

    /** The commit at work has failed. */
    void abandonCommit() {
        inCommit.forEach(Reader::abandonCommit);
        inCommit.clear();
    }

    /** Tells a client that is up to date that it is. */
    void tellIfCurrent(Reader reader, long offset) {
        if (!reader.isEmpty() && !reader.outlet().isCongested() && reader.isCurrent()) {
            reader.outlet().send(new ServerMessage.Progress(offset));
        }
    }

    /** A subscription is told of commits from here on; perhaps it was the last that was behind. */
    void caughtUp(Subscription subscription, long offset) {
        Audience.Member member = subscription.member;
        if (member != null && subscription.behind) {
            member.reader().caughtUp(subscription);
            tellIfCurrent(member.reader(), offset);
        }
    }

    /** One client, two subscriptions to the same result, not both live: each is served for itself. */
    private void deliverMixed(Audience.Member member, QueryUpdate update, List<RowChange> changes) {
        for (Subscription subscription : member.subscriptions) {
            if (subscription.state == Subscription.State.LIVE) {
                if (member.outlet().isCongested()) {
                    lag(subscription, update);
                } else {
                    send(subscription, update.offset(), update.timestampMicros(), changes);
                }
            } else if (subscription.missed != null) {
                subscription.missed.add(update.changes());
            }
        }
    }

    /** Tells one subscription what commits up to an offset have changed, if anything. */
    void deliverPrivately(Subscription subscription, long offset, long timestampMicros, List<RowChange> changes) {
        if (!changes.isEmpty()) {
            send(subscription, offset, timestampMicros, changes);
        }
    }

    private void send(Subscription subscription, long offset, long timestampMicros, List<RowChange> changes) {
        delivered++;
        List<List<RowChange>> parts = Changes.split(changes, messageBytes);
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            subscription.send(
                    new ServerMessage.NetUpdate(subscription.id(), offset, timestampMicros, parts.get(i), last));
        }
    }

    /** The update is the first that a subscription is not told of. */
    private void lag(Subscription subscription, QueryUpdate update) {
        lag(subscription, update.result(), update.offset() - 1);
        if (subscription.missed != null) {
            subscription.missed.add(update.changes());
        }
    }

    /**
     * Stops telling a subscription of commits after this offset, until its outlet is drained.
     */
    void lag(Subscription subscription, LiveResult result, long offset) {
        subscription.state = Subscription.State.LAGGING;
        subscription.position = offset;
        if (subscription.member != null) {
            subscription.member.reader().fellBehind(subscription);
        }
        subscription.missed = result instanceof DerivedResult derived ? derived.newChanges() : null;
        if (!subscription.outlet().isCongested()) {
            // It was drained in between, and said so before anybody was lagging.
            self.accept(new LiveEvent.Drained(subscription.outlet()));
        }
    }

    /** Tells all clients that are up to date that they are. */
    void sendProgress(long offset) {
        SharedMessage message = new SharedMessage(new ServerMessage.Progress(offset), PROGRESS_BYTES);
        for (Reader reader : audiences.readers()) {
            if (!reader.outlet().isCongested() && reader.isCurrent()) {
                reader.outlet().send(message);
            }
        }
    }
}
