/**
 * Tables about the tables: {@code information_schema}, the part of {@code pg_catalog} that tools ask for, and our own
 * {@code merapi} schema. Nothing is stored: rows are computed from the catalog of the view that is read.
 */
package dev.merapi.query.system;
