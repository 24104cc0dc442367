/**
 * Relational trees while clauses build them: parts of a FROM, queries whose output types are still open, working
 * tables, and the rewrites that clauses share. Knows nothing of syntax.
 */
package dev.merapi.query.sql.rel;
