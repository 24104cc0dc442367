/**
 * Queries: FROM, WHERE, GROUP BY, windows, select lists, set operations, WITH, ORDER BY, to one relational tree. Each
 * class is one clause; {@link dev.merapi.query.sql.select.SelectBinder} puts them in order.
 */
package dev.merapi.query.sql.select;
