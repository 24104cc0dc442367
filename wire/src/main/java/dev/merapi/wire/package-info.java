/**
 * The neutral messages between clients and server, and the port through which a protocol translates them.
 *
 * <p>Passive: no threads, no sockets, no clocks. Messages are immutable; the rows inside are shared bytes that nobody
 * may modify. A dialect adds nothing to the meaning of a message: what it cannot express it refuses with a code.
 */
package dev.merapi.wire;
