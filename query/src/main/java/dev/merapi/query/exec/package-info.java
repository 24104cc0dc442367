/**
 * From a relational tree to rows: {@link dev.merapi.query.exec.PlanCompiler} makes a tree executable,
 * {@link dev.merapi.query.exec.QueryPlan} runs it on a view of a database.
 */
package dev.merapi.query.exec;
