package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a static method the reducer that runs when a connection has ended, for whatever reason; if it throws, that is
 * logged, and the connection is gone all the same. It takes the {@link ReducerContext} alone. One per module.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ClientDisconnected {}
