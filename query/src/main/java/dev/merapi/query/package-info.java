/**
 * SQL in; rows once, or deltas forever. The face of the room: {@link dev.merapi.query.SqlEngine} prepares statements,
 * {@link dev.merapi.query.Prepared} runs them on a view of a database. Passive: no thread, no clock, no lock.
 */
package dev.merapi.query;
