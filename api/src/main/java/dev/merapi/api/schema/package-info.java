/** Immutable descriptions of tables and their columns. Nothing in here holds rows or does I/O. */
package dev.merapi.api.schema;
