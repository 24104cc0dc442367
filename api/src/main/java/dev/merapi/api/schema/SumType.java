package dev.merapi.api.schema;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that is one of several variants, each with a payload of its own or none: an enum, or a sealed interface. Its
 * values are {@link dev.merapi.api.value.SumValue}s.
 *
 * @param name how SQL calls it; types of one name are the same only if their variants are
 * @param variants 1 to {@link #MAX_VARIANTS}, with different names; the position is the tag in the encoding, and the
 *     order
 */
public record SumType(String name, List<Variant> variants) implements ColumnType {
    /** A tag is one byte. */
    public static final int MAX_VARIANTS = 256;

    /**
     * One of the choices.
     *
     * @param payload null for a variant that is its name alone
     * @param nullable whether the payload may be NULL
     */
    public record Variant(String name, @Nullable ColumnType payload, boolean nullable) {
        /** A variant without a payload. */
        public static Variant of(String name) {
            return new Variant(name, null, false);
        }

        public static Variant of(String name, ColumnType payload) {
            return new Variant(name, payload, false);
        }
    }

    public SumType {
        variants = List.copyOf(variants);
        Set<String> names = new HashSet<>();
        boolean distinct = variants.stream().allMatch(variant -> names.add(variant.name()));
        if (name.isEmpty() || !distinct || variants.isEmpty() || variants.size() > MAX_VARIANTS) {
            throw new CodedException(ErrorCode.INVALID_SCHEMA, "sum type is not well formed")
                    .with("type", name)
                    .with("variants", variants.size())
                    .with("limit", MAX_VARIANTS)
                    .hint("give the type a name and at least one variant, and each variant a name of its own");
        }
        NestedTypes.requireDepth(name, NestedTypes.payloads(variants));
    }

    /** A type whose variants have no payload. */
    public static SumType ofNames(String name, String... variants) {
        return new SumType(name, List.of(variants).stream().map(Variant::of).toList());
    }

    /** The index of the variant with this exact name, which is its tag, or -1. */
    public int indexOf(String variant) {
        for (int i = 0; i < variants.size(); i++) {
            if (variants.get(i).name().equals(variant)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether no variant has a payload. */
    public boolean isEnum() {
        return variants.stream().allMatch(variant -> variant.payload() == null);
    }

    @Override
    public int fixedWidth() {
        int width = width(variants.getFirst());
        for (Variant variant : variants) {
            if (width(variant) != width) {
                return -1;
            }
        }
        return width;
    }

    private static int width(Variant variant) {
        ColumnType payload = variant.payload();
        if (payload == null) {
            return 1;
        }
        int width = variant.nullable() ? -1 : payload.fixedWidth();
        return width < 0 ? -1 : 1 + width;
    }

    @Override
    public String sqlName() {
        return name;
    }
}
