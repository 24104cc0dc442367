/**
 * Statements that write rows: INSERT, UPDATE, DELETE, alone or inside WITH. Runs on the writer's thread, on one
 * {@link dev.merapi.store.Transaction}. Everything a statement reads is read before its first write or from a frozen
 * view, so that it never meets its own rows.
 */
package dev.merapi.query.exec.write;
