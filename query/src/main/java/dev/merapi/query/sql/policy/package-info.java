/**
 * Row policies on their way into statements: conditions over the rows of a table, and checks of rows to be written.
 * Used while a statement is bound, by its thread alone; knows no queries, those are bound by whoever asks.
 */
package dev.merapi.query.sql.policy;
