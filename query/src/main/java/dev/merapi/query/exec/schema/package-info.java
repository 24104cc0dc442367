/**
 * Statements about the schema: CREATE, ALTER, DROP, TRUNCATE. Runs on the writer's thread, on one
 * {@link dev.merapi.store.Transaction}, and is taken back with it.
 */
package dev.merapi.query.exec.schema;
