package dev.merapi.query.sql.ast;

/** One element of an ORDER BY. NULLs count as larger than everything unless said otherwise. */
public record SortItem(Expr expression, boolean descending, boolean nullsFirst) {}
