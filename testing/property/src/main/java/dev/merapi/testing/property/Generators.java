package dev.merapi.testing.property;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The common recipes. Each leans towards the values at which code tends to break. */
public final class Generators {
    private static final List<Double> PECULIAR_DOUBLES = List.of(
            0.0,
            -0.0,
            1.0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            0x1p53 + 2);

    /** Quotes, escapes, a combining accent, letters whose case is odd, bidirectional and supplementary characters. */
    private static final int[] PECULIAR_CHARACTERS =
            "'\"\\%_$;\n\t\u0000\u00a0\u0301\u0130\u00df\u202e\ufffd\ud83c\udf0b"
                    .codePoints()
                    .toArray();

    private Generators() {}

    /** All integers of 32 bits. */
    public static Generator<Integer> ints() {
        return ints(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** The integers between the bounds, both included. */
    public static Generator<Integer> ints(int min, int max) {
        return draw -> draw.intBetween(min, max);
    }

    /** All integers of 64 bits. */
    public static Generator<Long> longs() {
        return draw -> draw.longBetween(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Integers of at most so many bits besides the sign. */
    public static Generator<BigInteger> bigIntegers(int maxBits) {
        return draw -> {
            int bits = draw.intBetween(0, maxBits);
            boolean negative = draw.bool();
            BigInteger magnitude = BigInteger.ZERO;
            for (int left = bits; left > 0; left -= 32) {
                int width = Math.min(left, 32);
                magnitude = magnitude.shiftLeft(width).or(BigInteger.valueOf(draw.longBetween(0, (1L << width) - 1)));
            }
            return negative ? magnitude.negate() : magnitude;
        };
    }

    /** Doubles: simple numbers, peculiar ones (NaN, infinities, negative zero, extremes) and any bits. */
    public static Generator<Double> doubles() {
        return draw -> switch (draw.intBetween(0, 2)) {
            case 0 -> draw.longBetween(-4_000, 4_000) / 4.0;
            case 1 -> draw.pick(PECULIAR_DOUBLES);
            default -> Double.longBitsToDouble(draw.longBetween(Long.MIN_VALUE, Long.MAX_VALUE));
        };
    }

    /** False and true. */
    public static Generator<Boolean> booleans() {
        return Draw::bool;
    }

    /** Well-formed texts of any characters, with {@code minLength} to {@code maxLength} code points. */
    public static Generator<String> strings(int minLength, int maxLength) {
        return draw -> text(draw.list(minLength, maxLength, Generators::character));
    }

    /** Texts of the given characters only. */
    public static Generator<String> strings(int minLength, int maxLength, String alphabet) {
        List<Integer> characters = alphabet.codePoints().boxed().toList();
        return draw -> text(draw.list(minLength, maxLength, each -> each.pick(characters)));
    }

    /** Arrays of any bytes. */
    public static Generator<byte[]> bytes(int minLength, int maxLength) {
        return draw -> {
            List<Integer> drawn = draw.list(minLength, maxLength, ints(0, 255));
            byte[] bytes = new byte[drawn.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = drawn.get(i).byteValue();
            }
            return bytes;
        };
    }

    /** One of the values; the first is the simplest. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> Generator<T> of(T... values) {
        List<T> choices = Arrays.asList(values);
        return draw -> draw.pick(choices);
    }

    /** A value of one of the generators; the first is the simplest. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T extends @Nullable Object> Generator<T> oneOf(Generator<? extends T>... generators) {
        List<Generator<? extends T>> choices = List.of(generators);
        return draw -> draw.pick(choices).generate(draw);
    }

    private static int character(Draw draw) {
        return switch (draw.intBetween(0, 4)) {
            case 0, 1 -> draw.intBetween('a', 'z');
            case 2 -> draw.intBetween(' ', '~');
            case 3 -> PECULIAR_CHARACTERS[draw.intBetween(0, PECULIAR_CHARACTERS.length - 1)];
            default -> {
                int any = draw.intBetween(0, Character.MAX_CODE_POINT);
                boolean half = any >= Character.MIN_SURROGATE && any <= Character.MAX_SURROGATE;
                yield half ? 'a' : any;
            }
        };
    }

    private static String text(List<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }
}
