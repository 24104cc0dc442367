package everything;

/** A sum type. */
public sealed interface Shape {
    /** With components. */
    record Circle(Point center, double radius) implements Shape {}

    /** With one. */
    record Named(String name) implements Shape {}

    /** With none. */
    record Nothing() implements Shape {}
}
