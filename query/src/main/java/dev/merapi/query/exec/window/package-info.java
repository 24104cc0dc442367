/** Functions OVER a window: partitions, frames and what is computed in them. */
package dev.merapi.query.exec.window;
