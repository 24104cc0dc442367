/**
 * Random SQL that PostgreSQL and Merapi both understand: a schema, queries over all relational operators, transactions
 * that change its rows. One grammar for all who hold one way of answering a query against another.
 *
 * <p>Read in this order: {@link SqlSchema}, {@link SqlQueries}, {@link SqlTransactions}. All of it is drawn from a
 * {@link dev.merapi.testing.property.Draw}, so it follows from a seed and shrinks. Nothing in an expression can fail at
 * run time: databases are free in which rows they compute it on.
 */
package dev.merapi.testing.sql;
