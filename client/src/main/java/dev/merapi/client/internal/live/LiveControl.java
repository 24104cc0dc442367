package dev.merapi.client.internal.live;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What the application's side of a live query asks of the client. Called by any thread, without locks. */
public interface LiveControl {
    /** Runs an action on the query under the client's lock, then sends what came of it. */
    void with(LiveQuery query, Consumer<LiveQuery> action);

    /** Where the application's code runs. */
    Executor callbacks();

    /** Nanoseconds of the client's clock. */
    long nanoTime();
}
