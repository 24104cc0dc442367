/**
 * What a bound tree tells about keeping its rows current: the tables it reads, what in it changes without a commit,
 * which of its constants are parameters, which columns identify a row, which schema changes end it. Immutable results,
 * no state.
 */
package dev.merapi.query.live.tree;
