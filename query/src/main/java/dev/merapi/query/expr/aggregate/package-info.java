/** The aggregates and window functions of the catalogue: pure state machines over one group or one partition. */
package dev.merapi.query.expr.aggregate;
