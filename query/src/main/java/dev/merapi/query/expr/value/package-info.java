/**
 * The meaning of values, free of SQL calls and of Calcite: exact arithmetic with PostgreSQL's scales, calendars,
 * JSON, and the order of values. Everything here is a pure function.
 */
package dev.merapi.query.expr.value;
