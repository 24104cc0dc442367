/**
 * One class per operator on Z-sets. Each says in its Javadoc what its output is as a function of its inputs, and how a
 * change of the output follows from changes of the inputs; tests hold the one against the other.
 *
 * <p>A commit goes through a circuit in two rounds. In the first each operator, after all those it reads from, turns
 * the changes of its inputs into the change of its output ({@link dev.merapi.query.dataflow.operator.Operator#step});
 * arrangements still show the state before. In the second arrangements take the changes in. Owned by one thread.
 */
package dev.merapi.query.dataflow.operator;
