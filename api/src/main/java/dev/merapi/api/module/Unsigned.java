package dev.merapi.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes the column of an integer unsigned.
 *
 * <p>Alone it keeps the width, and the Java value has the same bits: {@code @Unsigned int} is a {@code u32}, and what
 * is above {@link Integer#MAX_VALUE} looks negative, as for {@link Integer#toUnsignedString(int)} and its like. With a
 * narrower {@link Bits} the Java value is the number itself, and numbers that do not fit are refused when the row is
 * written: {@code @Unsigned @Bits(32) long} is a {@code u32} without surprises.
 *
 * <table>
 * <caption>Ways to write the unsigned types</caption>
 * <tr><th>type</th><th>same bits</th><th>same number</th></tr>
 * <tr><td>u8</td><td>{@code @Unsigned byte}</td><td>{@code @Unsigned @Bits(8) short} (or int, long)</td></tr>
 * <tr><td>u16</td><td>{@code @Unsigned short}</td><td>{@code @Unsigned @Bits(16) int} (or long)</td></tr>
 * <tr><td>u32</td><td>{@code @Unsigned int}</td><td>{@code @Unsigned @Bits(32) long}</td></tr>
 * <tr><td>u64</td><td>{@code @Unsigned long}</td><td>{@code @Unsigned @Bits(64) BigInteger}</td></tr>
 * <tr><td>u128</td><td></td><td>{@code @Unsigned @Bits(128) BigInteger}</td></tr>
 * <tr><td>u256</td><td></td><td>{@code @Unsigned @Bits(256) BigInteger}</td></tr>
 * </table>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE_USE)
public @interface Unsigned {}
