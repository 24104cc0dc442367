/**
 * The SQL shell: statements typed or piped, sent one after another. Used by one thread, but for completion, which asks
 * the database for names on the same thread while a line is edited.
 */
package dev.merapi.cli.shell;
