/**
 * Statements: INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, EXPLAIN and settings, from syntax to what has to be done,
 * with names and types looked up in a catalog. Queries inside them are bound by {@code sql.select}. Keeps no state: any
 * thread may bind.
 */
package dev.merapi.query.sql.bind;
