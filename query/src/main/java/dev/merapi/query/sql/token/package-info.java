/**
 * Text to tokens, as PostgreSQL cuts it: quotes of every kind, comments, numbers, operators; and the limits of a text.
 */
package dev.merapi.query.sql.token;
