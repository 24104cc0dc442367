/**
 * What the store costs: the keynote transfer against a {@code HashMap}, and figures for whoever works on tables and
 * indexes. Benchmarks are edges, so they may start threads and look at the clock.
 */
package dev.merapi.benchmarks.store;
