package dev.merapi.server.connection;

import dev.merapi.api.error.CodedException;
import dev.merapi.server.database.Request;
import dev.merapi.server.module.ModuleCaller;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells the module of a database that a client has come, and, if it took notice, that it has gone: each once, and the
 * one before the other, whichever thread finds out.
 */
final class Attendance {
    private enum State {
        UNKNOWN,
        ASKED,
        PRESENT,
        GONE
    }

    private final DatabaseGate database;
    private final ModuleCaller caller;
    // Guarded by this.
    private State state = State.UNKNOWN;

    Attendance(DatabaseGate database, ModuleCaller caller) {
        this.database = database;
        this.caller = caller;
    }

    /**
     * The client is here.
     *
     * @param welcome called, perhaps on another thread, when the module has agreed or does not care
     * @param refuse called, perhaps on another thread, with the reason why it does not want the client
     */
    void begin(Runnable welcome, Consumer<CodedException> refuse) {
        Request request = database.modules().connected(caller, new Request.Completion<>() {
            @Override
            public void completed(Boolean value, Request.Receipt receipt) {
                agreed();
                welcome.run();
            }

            @Override
            public void failed(CodedException reason) {
                refuse.accept(reason);
            }
        });
        if (request == null) {
            welcome.run();
        } else {
            synchronized (this) {
                state = State.ASKED;
            }
            database.sql().submit(List.of(request));
        }
    }

    private void agreed() {
        boolean wasHere;
        synchronized (this) {
            wasHere = state == State.ASKED;
            state = wasHere ? State.PRESENT : state;
        }
        if (!wasHere) {
            tellGone();
        }
    }

    /** The client is gone. */
    void end() {
        boolean wasHere;
        synchronized (this) {
            wasHere = state == State.PRESENT;
            state = State.GONE;
        }
        if (wasHere) {
            tellGone();
        }
    }

    private void tellGone() {
        Request request = database.modules().disconnected(caller);
        if (request != null) {
            database.sql().submit(List.of(request));
        }
    }
}
