package dev.merapi.client.internal.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.client.live.LiveOptions;
import dev.merapi.client.live.LiveRows;
import dev.merapi.client.row.Rows;
import dev.merapi.wire.Position;
import dev.merapi.wire.Statement;

/** A live query as a list of rows. */
public final class RowsHandle extends LiveHandle<Rows> implements LiveRows {
    private final RowsFeed feed;

    private RowsHandle(LiveQuery query, RowsFeed feed, LiveOptions options, LiveControl control) {
        super(query, feed, options, control);
        this.feed = feed;
    }

    /**
     * A live query that is not attached to a connection yet.
     *
     * @throws CodedException INVALID_OPTION or INVALID_POSITION when the options make no sense
     */
    public static RowsHandle open(String name, Statement statement, LiveOptions options, LiveControl control) {
        RowsFeed feed = new RowsFeed(name, options);
        LiveQuery query = new LiveQuery(name, statement, options, feed, origin(options));
        return new RowsHandle(query, feed, options, control);
    }

    /**
     * A difference is of use only to who has the rows it applies to. Without them the position is checked, and
     * everything fetched: a list is always the whole result.
     */
    private static LiveQuery.Origin origin(LiveOptions options) {
        return switch (options.from()) {
            case null -> new LiveQuery.Origin.Beginning();
            case LiveOptions.From.Offset offset -> new LiveQuery.Origin.Beginning();
            case LiveOptions.From.Position(String text) -> {
                Position.parse(text);
                yield new LiveQuery.Origin.Beginning();
            }
            case LiveOptions.From.State(Rows rows) -> {
                if (rows.position().isEmpty()) {
                    throw new CodedException(ErrorCode.INVALID_OPTION, "rows without a position cannot be resumed");
                }
                yield new LiveQuery.Origin.At(Position.parse(rows.position()));
            }
        };
    }

    @Override
    public Rows rows() {
        return feed.rows();
    }

    @Override
    public boolean isOrdered() {
        return feed.isOrdered();
    }
}
