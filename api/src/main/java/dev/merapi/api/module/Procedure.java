package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a static method a procedure: a function clients call by name that is no transaction by itself. It may block and
 * do I/O, opens short transactions by its {@link ProcedureContext}, and may return a value, to its caller alone. What a
 * transaction of it committed stays, whatever happens afterwards.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Procedure {
    /** The name clients call; left out, the method's in lower case with underscores. */
    String name() default "";

    /** Who may call it. A procedure that a table schedules is private unless this is written. */
    Visibility visibility() default Visibility.PUBLIC;
}
