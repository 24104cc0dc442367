package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps an index: on a component, of that column; on the record, of all of {@link #columns} together. The generated
 * handle filters and deletes by it.
 *
 * <pre>{@code
 * @Index(columns = {"thread", "sent"}, name = "by_thread")
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
@Repeatable(Index.Several.class)
public @interface Index {
    /** What it can find: equal keys and ranges, or (with HASH) equal keys alone, faster. */
    Kind value() default Kind.ORDERED;

    /** Components of the record, in key order; only on the record. */
    String[] columns() default {};

    /** The accessor's name in SQL style, such as {@code by_thread}; left out, the columns joined by underscores. */
    String name() default "";

    /** What an index can find. */
    enum Kind {
        /** Rows with a key, and rows with keys in a range, in their order. */
        ORDERED,
        /** Rows with a key. */
        HASH
    }

    /** Holds repeated annotations; written by the compiler. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
    @interface Several {
        Index[] value();
    }
}
