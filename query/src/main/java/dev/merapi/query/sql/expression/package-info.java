/**
 * Expressions: names to columns, literals and calls to typed {@code RexNode}s, as PostgreSQL types them. Knows nothing
 * of FROM, GROUP BY and the like; queries inside expressions are bound through {@link
 * dev.merapi.query.sql.expression.Subqueries}.
 */
package dev.merapi.query.sql.expression;
