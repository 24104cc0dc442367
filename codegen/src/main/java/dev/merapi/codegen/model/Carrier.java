package dev.merapi.codegen.model;

/** The Java types of integers. */
public enum Carrier {
    BYTE("byte", "Byte", 8),
    SHORT("short", "Short", 16),
    INT("int", "Integer", 32),
    LONG("long", "Long", 64),
    BIG("java.math.BigInteger", "BigInteger", 256);

    private final String javaType;
    private final String boxed;
    private final int bits;

    Carrier(String javaType, String boxed, int bits) {
        this.javaType = javaType;
        this.boxed = boxed;
        this.bits = bits;
    }

    /** The full name; that of the primitive type where there is one. */
    public String javaType() {
        return javaType;
    }

    /** The simple name of the class. */
    public String boxed() {
        return boxed;
    }

    /** The widest column it fills. */
    public int bits() {
        return bits;
    }

    public boolean isPrimitive() {
        return this != BIG;
    }
}
