/**
 * Finds, for a row, those of a million who want rows like it: by hash where they name the values of columns, by an
 * interval tree where they name a range or a prefix. What they want is settled when they come in; nothing in here
 * knows of queries. Used by one thread.
 */
package dev.merapi.query.live.index;
