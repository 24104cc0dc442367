package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Numbers the rows of a table: a row inserted with 0 in this column takes the next value of the column's sequence, from
 * 1. {@code insert} returns the row with its number. For integer columns of at most 64 bits.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface AutoInc {}
