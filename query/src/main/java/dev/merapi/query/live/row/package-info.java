/** Rows of live results as bytes: identity, multisets, projection from stored rows, and what results take in memory. */
package dev.merapi.query.live.row;
