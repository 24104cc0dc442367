/**
 * Text to syntax tree, by the grammar and the precedences of PostgreSQL.
 *
 * <p>Hand-written, because a tree must be exactly the one PostgreSQL would build: {@code a ->> 'b' = 'c'} compares, and
 * {@code a || b + c} adds first. Why no library serves stands in the decision on the SQL front end in {@code docs}.
 */
package dev.merapi.query.sql.parse;
