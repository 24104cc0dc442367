package dev.merapi.client.internal.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.live.LiveEvent;
import dev.merapi.client.live.LiveEvents;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.wire.Position;
import dev.merapi.wire.Statement;

/** A live query as events. */
public final class EventsHandle extends LiveHandle<LiveEvent> implements LiveEvents {
    private EventsHandle(LiveQuery query, EventsFeed feed, LiveOptions options, LiveControl control) {
        super(query, feed, options, control);
    }

    /**
     * A live query that is not attached to a connection yet.
     *
     * @throws CodedException INVALID_OPTION or INVALID_POSITION when the options make no sense
     */
    public static EventsHandle open(String name, Statement statement, LiveOptions options, LiveControl control) {
        if (options.limit().isPresent() || !options.keyColumns().isEmpty()) {
            throw new CodedException(ErrorCode.INVALID_OPTION, "limit and keyColumns belong to a list of rows")
                    .hint("leave them out of liveEvents, or use live");
        }
        EventsFeed feed = new EventsFeed(name, options);
        LiveQuery query = new LiveQuery(name, statement, options, feed, origin(options));
        return new EventsHandle(query, feed, options, control);
    }

    private static LiveQuery.Origin origin(LiveOptions options) {
        return switch (options.from()) {
            case null -> new LiveQuery.Origin.Beginning();
            case LiveOptions.From.Offset(long offset) -> new LiveQuery.Origin.Offset(offset);
            case LiveOptions.From.Position(String text) -> new LiveQuery.Origin.At(Position.parse(text));
            case LiveOptions.From.State state ->
                throw new CodedException(ErrorCode.INVALID_OPTION, "events do not begin with rows")
                        .hint("give the position of the rows: from(rows.position())");
        };
    }
}
