package dev.merapi.api.module.spi;

import dev.merapi.api.module.Visibility;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RowType;
import org.jspecify.annotations.Nullable;

/**
 * A function of a module.
 *
 * @param name the name clients call; unique among the functions that can be called, and among tables and views
 *     otherwise
 * @param parameters its parameters behind the context; none for views and the life cycle
 * @param result the value it gives: for a VIEW a list of records, or a nullable record; for a PROCEDURE of any type,
 *     or null where it gives none; else null
 * @param sql the SELECT of a QUERY, else null
 */
public record FunctionDescriptor(
        String name,
        Kind kind,
        Visibility visibility,
        RowType parameters,
        @Nullable Column result,
        @Nullable String sql) {
    /** What a function is for. */
    public enum Kind {
        /** Called by clients and schedules, as one transaction. */
        REDUCER,
        /** Runs once when the database is made. */
        INIT,
        /** Runs when a client connects. */
        CLIENT_CONNECTED,
        /** Runs when a connection has ended. */
        CLIENT_DISCONNECTED,
        /** Computes the rows of a view. */
        VIEW,
        /** Is no code but a SELECT, which is a view. */
        QUERY,
        /** Called by clients and schedules, with transactions of its own. */
        PROCEDURE;

        /** Whether it runs as one transaction. */
        public boolean isReducer() {
            return switch (this) {
                case REDUCER, INIT, CLIENT_CONNECTED, CLIENT_DISCONNECTED -> true;
                case VIEW, QUERY, PROCEDURE -> false;
            };
        }

        /** Whether clients name it in a call, if they may. */
        public boolean isCallable() {
            return this == REDUCER || this == PROCEDURE;
        }

        /** Whether it is read like a table. */
        public boolean isView() {
            return this == VIEW || this == QUERY;
        }
    }

    /** A reducer clients can call. */
    public static FunctionDescriptor reducer(String name, Visibility visibility, Column... parameters) {
        return new FunctionDescriptor(name, Kind.REDUCER, visibility, RowType.of(parameters), null, null);
    }

    /** A function of the life cycle. */
    public static FunctionDescriptor lifecycle(String name, Kind kind) {
        return new FunctionDescriptor(name, kind, Visibility.PRIVATE, RowType.EMPTY, null, null);
    }

    /** A view that is computed. */
    public static FunctionDescriptor view(String name, Visibility visibility, Column result) {
        return new FunctionDescriptor(name, Kind.VIEW, visibility, RowType.EMPTY, result, null);
    }

    /** A view that is a query. */
    public static FunctionDescriptor query(String name, Visibility visibility, String sql) {
        return new FunctionDescriptor(name, Kind.QUERY, visibility, RowType.EMPTY, null, sql);
    }

    /**
     * A procedure.
     *
     * @param result the value it gives, or null
     */
    public static FunctionDescriptor procedure(
            String name, Visibility visibility, @Nullable Column result, Column... parameters) {
        return new FunctionDescriptor(name, Kind.PROCEDURE, visibility, RowType.of(parameters), result, null);
    }
}
