/**
 * What Merapi costs, as ratios to something known measured in the same run, because absolute figures on a shared
 * machine drift. {@link dev.merapi.benchmarks.RatioRunner} runs all of them and writes the table in
 * {@code docs/performance.md}.
 */
package dev.merapi.benchmarks;
