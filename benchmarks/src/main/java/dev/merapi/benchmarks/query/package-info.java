/** What a query asked once costs: against loops written by hand over the same rows, and figures of planning. */
package dev.merapi.benchmarks.query;
