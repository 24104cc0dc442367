package dev.merapi.server.http;

import dev.merapi.server.ops.Health;

/** What the server can say about itself. Any thread. */
public interface ServerStatus {
    Health health();

    /** All metrics in the text format of Prometheus. */
    String scrape();
}
