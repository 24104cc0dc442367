/**
 * What executes: one class per relational operator, pulled row by row from the top. An operator is immutable and shared
 * by all runs of a plan; what a run needs is in the {@link dev.merapi.query.exec.operator.RowSource} that the operator
 * opens, which belongs to one thread.
 */
package dev.merapi.query.exec.operator;
