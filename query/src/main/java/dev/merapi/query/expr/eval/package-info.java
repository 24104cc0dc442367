/** Expressions made executable: from Calcite's tree of calls to objects that read a row and return a value. */
package dev.merapi.query.expr.eval;
