/**
 * Aggregates that rows can be taken out of again. None drifts: whatever was added and taken back, the value is that of
 * the rows that are there. Exact numbers are added and subtracted; where that would lose something (floats, extremes,
 * texts) the values of the group are held, and the aggregate is computed from them anew.
 */
package dev.merapi.query.dataflow.aggregate;
