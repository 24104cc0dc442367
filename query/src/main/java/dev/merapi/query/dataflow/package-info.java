/**
 * Queries kept up to date by the change, not by the data: circuits of operators on Z-sets (rows with weights), after
 * DBSP. {@link dev.merapi.query.dataflow.CircuitCompiler} makes a {@link dev.merapi.query.dataflow.CircuitTemplate} of
 * a tree, or says why not; a {@link dev.merapi.query.dataflow.Circuit} is its state. Subscribing is an insert into the
 * parameter relation.
 *
 * <p>A template is immutable; a circuit is owned by one thread. No threads, locks or clocks in here.
 */
package dev.merapi.query.dataflow;
