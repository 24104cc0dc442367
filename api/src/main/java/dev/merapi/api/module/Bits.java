package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The width of an integer column. A {@link java.math.BigInteger} needs it; any other integer may have a narrower column
 * than its Java type, and numbers that do not fit are refused when the row is written. See {@link Unsigned}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE_USE)
public @interface Bits {
    /** 8, 16, 32, 64, 128 or 256, at most the width of the Java type. */
    int value();
}
