/**
 * From expressions of the relational tree to closures. One compiler serves everything that is evaluated with the same
 * {@link dev.merapi.query.expr.EvalContext}: one-shot queries, constraints and live predicates mean the same because
 * they are compiled by the same code.
 *
 * <p>Stateless but for the numbering of memos; no threads, no I/O.
 */
package dev.merapi.query.expr.eval;
