/**
 * The writer's side of one database: {@link dev.merapi.server.database.DatabaseLoop} on the thread {@code db-<name>},
 * the log's thread {@code log-<name>} behind it, checkpoints on {@code checkpoint-<name>}, and the pool on which
 * one-shot queries run over snapshots. Knows nothing of clients: a request carries a completion that takes the answer.
 */
package dev.merapi.server.database;
