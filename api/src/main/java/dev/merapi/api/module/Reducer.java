package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a static method a reducer: a function clients call by name, which is one transaction. It either returns and all
 * it did is committed, or throws and nothing happened.
 *
 * <pre>{@code
 * @Reducer
 * static void setName(ReducerContext<Db> ctx, String name) { … }
 * }</pre>
 *
 * <p>The method returns nothing, takes the context first and then its arguments, and is not private. Reducers of a
 * database run one after the other on its own thread: they must not block, do I/O, start threads or keep state outside
 * of tables, and they take time and chance from the context alone.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Reducer {
    /** The name clients call; left out, the method's in lower case with underscores. */
    String name() default "";

    /** Who may call it. A reducer that a table schedules is private unless this is written. */
    Visibility visibility() default Visibility.PUBLIC;
}
