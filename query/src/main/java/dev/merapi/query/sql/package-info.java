/**
 * SQL text to a typed relational tree: parsing, name resolution and typing as PostgreSQL does them.
 *
 * <p>No state, no thread, no clock: everything here is a function of the text and one version of the catalog. Nothing
 * above sees the syntax tree.
 */
package dev.merapi.query.sql;
