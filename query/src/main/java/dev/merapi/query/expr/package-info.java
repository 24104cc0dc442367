/**
 * The vocabulary of expressions: functions with their types settled, how a call finds its function, which type is cast
 * to which, and what one execution knows. The catalogue of functions is {@code expr.function}, evaluation is {@code
 * expr.eval}; both build on this package and it knows neither.
 */
package dev.merapi.query.expr;
