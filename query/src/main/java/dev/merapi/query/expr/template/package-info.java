/** Templates of {@code to_char}, {@code to_date}, {@code to_timestamp} and {@code to_number}. Pure functions. */
package dev.merapi.query.expr.template;
