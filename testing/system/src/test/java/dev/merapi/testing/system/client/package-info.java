/** The client and the command line against a real server in the same process, over real sockets. */
package dev.merapi.testing.system.client;
