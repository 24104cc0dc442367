package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes something readable as if it were a table: it can be queried and subscribed to, and follows every commit.
 *
 * <p>On a constant it is a query: {@code @View static final String ONLINE = "SELECT name FROM user WHERE online";}. On
 * a static method it is computed: the method takes a {@link ViewContext} alone and returns a {@link java.util.List} or
 * an {@link java.util.Optional} of a record. It may read tables and nothing else, because it runs again when rows it
 * read have changed, and only then.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.FIELD})
public @interface View {
    /** The name in SQL; left out, that of the method or constant in lower case with underscores. */
    String name() default "";

    /** Whether clients can read and subscribe to it. */
    Visibility visibility() default Visibility.PUBLIC;
}
