/**
 * What the network benchmarks are compared with, and the light clients that drive both sides: a plain Netty server with
 * the pipeline of ours that echoes, broadcasts or copies, and sockets that do no more than they must.
 */
package dev.merapi.benchmarks.net;
