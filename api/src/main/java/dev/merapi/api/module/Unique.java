package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Refuses two rows with the same value: on a component, in that column; on the record, in all of {@link #columns}
 * together. The generated handle can find a row by it. An absent value equals no other.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
@Repeatable(Unique.Several.class)
public @interface Unique {
    /** Components of the record, in key order; only on the record. */
    String[] columns() default {};

    /** The accessor's name in SQL style, such as {@code by_name}; left out, the columns joined by underscores. */
    String name() default "";

    /** Holds repeated annotations; written by the compiler. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
    @interface Several {
        Unique[] value();
    }
}
