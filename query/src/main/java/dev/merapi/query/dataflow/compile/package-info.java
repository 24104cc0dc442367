/**
 * From a relational tree to the plan of a circuit.
 *
 * <p>The idea that carries it is the {@link dev.merapi.query.dataflow.compile.Scope}: whatever depends on a
 * subscriber's parameters, or on the row around a query, has that dependence as leading columns of its rows, the tag.
 * What depends on nothing is computed once for all. So one circuit serves all subscribers, and a correlated query is a
 * join.
 */
package dev.merapi.query.dataflow.compile;
