/**
 * What names and parameters mean at one place of a statement: scopes, the relations in them, parameter types found so
 * far. Knows nothing of expressions or clauses.
 */
package dev.merapi.query.sql.scope;
