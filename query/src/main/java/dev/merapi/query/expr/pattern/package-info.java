/**
 * Text patterns: LIKE, and regular expressions translated from the dialect of PostgreSQL to that of Java.
 * Pure functions.
 */
package dev.merapi.query.expr.pattern;
