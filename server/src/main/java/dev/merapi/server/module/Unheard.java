package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.server.database.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the outcome of a call that nobody waits for: a failure goes into the log. */
record Unheard(String what) implements Request.Completion<Boolean> {
    private static final Logger LOG = LoggerFactory.getLogger(Unheard.class);

    @Override
    public void completed(Boolean value, Request.Receipt receipt) {}

    @Override
    public void failed(CodedException reason) {
        LOG.warn("{} failed: {}", what, reason.toString());
    }
}
