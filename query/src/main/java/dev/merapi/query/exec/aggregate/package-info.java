/** Grouping: one row per group, for one or several sets of grouping columns. */
package dev.merapi.query.exec.aggregate;
