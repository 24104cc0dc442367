/**
 * The ports through which the client meets the outside world, the socket and the clock, each with a twin in memory that
 * tests step by hand.
 */
package dev.merapi.client.transport;
