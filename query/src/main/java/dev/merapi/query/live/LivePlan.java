package dev.merapi.query.live;

import dev.merapi.api.error.CodedException;
import dev.merapi.query.SessionInfo;
import dev.merapi.store.Catalog;

/**
 * What the text of a live query comes down to, whatever its parameters. Making one takes milliseconds, so whoever has
 * others to serve lets somebody else do it. Immutable, for any thread.
 */
public final class LivePlan {
    /**
     * What a plan depends on; two requests with equal texts have the same plan.
     *
     * @param schema in which names are looked up first
     * @param role whose row policies apply
     * @param privileged whether they may not apply after all
     * @param catalogVersion of the tables it was made for
     */
    public record Text(String sql, String schema, String role, boolean privileged, long catalogVersion) {
        /** The text of a request, to be understood as the catalog says. */
        public static Text of(Catalog catalog, LiveRequest request) {
            SessionInfo session = request.session();
            return new Text(request.sql(), session.schema(), session.role(), session.privileged(), catalog.version());
        }
    }

    private final Text text;
    private final LiveCompiler.Compiled compiled;

    LivePlan(Text text, LiveCompiler.Compiled compiled) {
        this.text = text;
        this.compiled = compiled;
    }

    /**
     * Plans a request.
     *
     * @throws CodedException LIVE_UNSUPPORTED for a query that cannot be live; everything SQL can be refused with
     */
    public static LivePlan of(Catalog catalog, LiveRequest request) {
        return LiveCompiler.plan(catalog, request);
    }

    /** What was planned. */
    public Text text() {
        return text;
    }

    LiveCompiler.Compiled compiled() {
        return compiled;
    }
}
