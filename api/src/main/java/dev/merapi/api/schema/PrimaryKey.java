package dev.merapi.api.schema;

/** Names the unique index that is the table's primary key. */
public record PrimaryKey(String constraintName, int indexId) {}
