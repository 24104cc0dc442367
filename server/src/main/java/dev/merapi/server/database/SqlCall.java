package dev.merapi.server.database;

import dev.merapi.query.SessionInfo;
import dev.merapi.store.Caller;

/** Who asks for something, how they see the database, and what stops them. */
public record SqlCall(Caller caller, SessionInfo session, Cancellation cancellation) {}
