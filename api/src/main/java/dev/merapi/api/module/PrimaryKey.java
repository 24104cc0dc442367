package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a component the primary key of its table: unique, never absent, and what {@code update} and {@code upsert}
 * recognise a row by. A table has at most one; for uniqueness over several columns see {@link Unique#columns}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface PrimaryKey {}
