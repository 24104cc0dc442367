package dev.merapi.server.connection;

/** Finds the databases of the server. Any thread. */
public interface Databases {
    /**
     * The database with this name; an empty name means the default one.
     *
     * @throws dev.merapi.api.error.CodedException UNKNOWN_DATABASE
     */
    DatabaseGate get(String name);
}
