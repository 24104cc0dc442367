/**
 * A module written out as Java: a codec per type, a handle per table, {@code Db}, and the descriptor the host finds.
 * The same model gives the same text, to the byte. Stateless but for the file being written.
 */
package dev.merapi.codegen.emit;
