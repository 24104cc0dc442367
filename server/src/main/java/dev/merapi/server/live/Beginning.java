package dev.merapi.server.live;

import dev.merapi.wire.Start;
import dev.merapi.wire.Start.ResetReason;

/** How the rows of a subscription are to begin. */
sealed interface Beginning {
    /** As the client asked. */
    record AsAsked() implements Beginning {}

    /** From a fresh snapshot, because what the client has cannot be continued. */
    record Anew(ResetReason reason) implements Beginning {
        Start.Reset start() {
            return new Start.Reset(reason);
        }
    }

    Beginning AS_ASKED = new AsAsked();
}
