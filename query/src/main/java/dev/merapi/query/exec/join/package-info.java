/** Joins of two inputs: by hashing the one, by looking up in an index of a stored table, or by trying every pair. */
package dev.merapi.query.exec.join;
