package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a module. Exactly one class of a compilation carries it; all tables and functions of that compilation belong to
 * it, and the generated classes go into its package.
 *
 * <pre>{@code
 * @Module("chat")
 * public final class Chat { … }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Module {
    /**
     * The name of the module, and of its database unless it is published under another: a lower-case letter, then
     * lower-case letters, digits, hyphens and underscores, at most 63 characters.
     */
    String value();
}
