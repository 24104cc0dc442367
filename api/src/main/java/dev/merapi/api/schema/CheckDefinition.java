package dev.merapi.api.schema;

/** A condition each row must not make false; unknown (NULL) passes, as in PostgreSQL. */
public record CheckDefinition(String name, String sql) {}
