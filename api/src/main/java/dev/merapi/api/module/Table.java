package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record the row type of a table. Its components are the columns, in their order.
 *
 * <pre>{@code
 * @Table(visibility = PUBLIC)
 * public record User(@PrimaryKey Identity identity, @Nullable String name, boolean online) {}
 * }</pre>
 *
 * <p>A component that may be absent is annotated {@code @Nullable} (any annotation of that name, best JSpecify's) or is
 * an {@link java.util.Optional}; every other one is NOT NULL. Given several times, it makes several tables of the same
 * row type; each then needs a name.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(Table.Several.class)
public @interface Table {
    /** The name of the table; left out, the record's in lower case with underscores. */
    String name() default "";

    /** Whether clients can read and subscribe to the table. */
    Visibility visibility() default Visibility.PRIVATE;

    /**
     * Whether rows are events: they live until the transaction that inserted them ends, reach the subscribers when it
     * commits, and are gone.
     */
    boolean event() default false;

    /**
     * The reducer or procedure (its Java name) that rows of this table schedule. The record then has an {@link AutoInc}
     * {@link PrimaryKey} of type {@code long} and one component of type {@link dev.merapi.api.value.ScheduleAt}, and
     * the function takes the row as its only argument. Inserting a row schedules the call, deleting it cancels the
     * call.
     */
    String scheduled() default "";

    /** Holds repeated annotations; written by the compiler. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface Several {
        Table[] value();
    }
}
