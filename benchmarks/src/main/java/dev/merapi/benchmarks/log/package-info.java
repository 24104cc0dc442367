/**
 * What the commit log costs: appending against a bare file, recovery against reading the same files. Benchmarks are
 * edges, so they may look at the clock and start processes.
 */
package dev.merapi.benchmarks.log;
