/**
 * Relational nodes that Calcite does not have or has in a form too narrow for PostgreSQL's meaning. Immutable,
 * no logic.
 */
package dev.merapi.query.expr.relation;
