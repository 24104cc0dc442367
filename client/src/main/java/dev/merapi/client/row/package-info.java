/**
 * Rows a server sent: typed access by name or index, and mapping to Java records.
 *
 * <p>Everything here is immutable and may be used by any thread. A row keeps the bytes it arrived in; a column is
 * decoded each time it is read.
 */
package dev.merapi.client.row;
