/**
 * Z-sets: rows with weights, which add up. A table is a Z-set whose weights are positive; a change is one whose weights
 * may be negative. Rows in here are equal when a client could not tell them apart, which is less than SQL's equality:
 * 1.0 and 1.00 are two rows.
 */
package dev.merapi.query.dataflow.zset;
