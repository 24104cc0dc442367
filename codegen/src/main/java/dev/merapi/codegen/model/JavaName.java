package dev.merapi.codegen.model;

/**
 * The name of a Java type.
 *
 * @param packageName its package, without a dot at the end
 * @param name its name within the package, with the types around it: {@code Chat.User}
 */
public record JavaName(String packageName, String name) implements Comparable<JavaName> {
    /** A type by its full name, whose package ends at the last dot in front of a capital letter. */
    public static JavaName of(String qualified) {
        int at = 0;
        while (!Character.isUpperCase(qualified.charAt(at))) {
            at = qualified.indexOf('.', at) + 1;
        }
        return new JavaName(qualified.substring(0, at - 1), qualified.substring(at));
    }

    /** The last part: {@code User}. */
    public String simple() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The outermost part, which is what is imported: {@code Chat}. */
    public JavaName outermost() {
        int dot = name.indexOf('.');
        return dot < 0 ? this : new JavaName(packageName, name.substring(0, dot));
    }

    /** The whole name. */
    public String qualified() {
        return packageName.isEmpty() ? name : packageName + "." + name;
    }

    @Override
    public int compareTo(JavaName other) {
        return qualified().compareTo(other.qualified());
    }

    @Override
    public String toString() {
        return qualified();
    }
}
