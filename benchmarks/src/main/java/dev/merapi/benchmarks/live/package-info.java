/** What a change costs the live engine. */
package dev.merapi.benchmarks.live;
