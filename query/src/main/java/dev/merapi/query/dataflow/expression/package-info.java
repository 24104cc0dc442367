/** Expressions over rows that may belong to a subscriber, whose parameters they then see. */
package dev.merapi.query.dataflow.expression;
