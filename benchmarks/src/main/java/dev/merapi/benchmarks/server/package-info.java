/**
 * What the server and the Java client cost: transfers, fan-out and snapshots through real sockets, each against a plain
 * server that moves bytes of the same size. Benchmarks are edges, so they may start threads and look at the clock.
 */
package dev.merapi.benchmarks.server;
