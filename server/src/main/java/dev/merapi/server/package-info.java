/**
 * The server as an application sees it: configure it with {@link dev.merapi.server.ServerConfig}, start it with
 * {@link dev.merapi.server.Server#start}, use it over the network or, in the same process, through
 * {@link dev.merapi.server.EmbeddedDatabase}.
 */
package dev.merapi.server;
