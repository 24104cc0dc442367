package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The form of a {@link java.math.BigDecimal} column: {@code @Decimal(precision = 12, scale = 2)} is {@code
 * numeric(12,2)}. Values are rounded to the scale, halves away from zero, when the row is written. Without it every
 * value keeps its own scale.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE_USE)
public @interface Decimal {
    /** Digits in all, 1 to 1000. */
    int precision();

    /** Digits behind the point, 0 to the precision. */
    int scale() default 0;
}
