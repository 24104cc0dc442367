/**
 * The catalogue: every function, operator, cast and aggregate there is, one class per family, gathered by {@link
 * dev.merapi.query.expr.function.StandardFunctions}. Bodies are pure: what they need besides arguments is in the
 * context.
 */
package dev.merapi.query.expr.function;
