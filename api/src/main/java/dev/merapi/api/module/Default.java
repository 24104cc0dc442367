package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What rows hold in a column that was added to the record after they were inserted, and what an SQL INSERT that does
 * not name the column stores. Rows inserted by functions are complete and never take it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /**
     * The value as text, without quotes: {@code "0"}, {@code "true"}, {@code "unnamed"}, {@code "2026-01-31"}; read as
     * SQL reads a literal of the column's type.
     */
    String value();
}
