package dev.merapi.codegen.processor;

import dev.merapi.api.module.Bits;
import dev.merapi.api.module.Unsigned;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.codegen.model.Carrier;
import dev.merapi.codegen.model.ValueType.IntegerValue;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;

/** Reads the width and sign of an integer from its annotations. */
final class IntegerReader {
    private static final Map<Integer, ScalarType> SIGNED = Map.of(
            8,
            ScalarType.I8,
            16,
            ScalarType.I16,
            32,
            ScalarType.I32,
            64,
            ScalarType.I64,
            128,
            ScalarType.I128,
            256,
            ScalarType.I256);
    private static final Map<Integer, ScalarType> UNSIGNED = Map.of(
            8,
            ScalarType.U8,
            16,
            ScalarType.U16,
            32,
            ScalarType.U32,
            64,
            ScalarType.U64,
            128,
            ScalarType.U128,
            256,
            ScalarType.U256);

    private final Problems problems;

    IntegerReader(Problems problems) {
        this.problems = problems;
    }

    Optional<IntegerValue> read(Carrier carrier, TypeMirror type, Element at) {
        Bits bits = type.getAnnotation(Bits.class);
        if (bits == null && carrier == Carrier.BIG) {
            problems.error(
                    at,
                    "a BigInteger needs a width: write @Bits(128) or @Bits(256), with @Unsigned in front for u128 and"
                            + " u256");
            return Optional.empty();
        }
        int width = bits == null ? carrier.bits() : bits.value();
        boolean unsigned = Annotations.has(type, Unsigned.class);
        ScalarType column = (unsigned ? UNSIGNED : SIGNED).get(width);
        if (column == null) {
            problems.error(at, "@Bits(%d) is no width of an integer: use 8, 16, 32, 64, 128 or 256", width);
            return Optional.empty();
        }
        if (width > carrier.bits()) {
            problems.error(
                    at,
                    "@Bits(%d) is wider than %s, which has %d bits: declare the component as %s",
                    width,
                    simple(carrier),
                    carrier.bits(),
                    width <= Carrier.LONG.bits() ? "long" : "BigInteger");
            return Optional.empty();
        }
        return Optional.of(new IntegerValue(carrier, column));
    }

    private static String simple(Carrier carrier) {
        return carrier == Carrier.BIG ? "BigInteger" : carrier.javaType();
    }
}
