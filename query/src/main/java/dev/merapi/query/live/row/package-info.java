/** Rows of live results as bytes: their identity, their multisets, their projection from stored rows. */
package dev.merapi.query.live.row;
