/** Rows as expressions and operators see them, wherever their values lie. */
package dev.merapi.query.expr.row;
