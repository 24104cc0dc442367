/**
 * The writer's side of a database: tables changed in place with a way back, constraints checked at each write, schema
 * changes, and the net deltas of a commit. Belongs to the writer's thread; what it hands to others is immutable.
 */
package dev.merapi.store.tx;
