package dev.merapi.codegen.model;

import java.util.List;

/** A type of the author's that is made of others. */
public sealed interface Shape {
    /** Its Java name. */
    JavaName javaName();

    /** What SQL calls it. */
    String sqlName();

    /** Whether a stored value may differ from the one given. */
    boolean isRounded();

    /**
     * A record: its components one after another.
     *
     * @param isPublic whether classes of other packages can name it
     */
    record RecordShape(JavaName javaName, String sqlName, boolean isPublic, List<Field> fields) implements Shape {
        public RecordShape {
            fields = List.copyOf(fields);
        }

        @Override
        public boolean isRounded() {
            return fields.stream().anyMatch(field -> field.place().type().isRounded());
        }
    }

    /**
     * A component of a record.
     *
     * @param component its Java name, which is that of its accessor
     * @param sqlName its name as a column or field
     */
    record Field(String component, String sqlName, Place place) {}

    /** An enum: the position of a constant is its tag. */
    record EnumShape(JavaName javaName, String sqlName, List<String> constants) implements Shape {
        public EnumShape {
            constants = List.copyOf(constants);
        }

        @Override
        public boolean isRounded() {
            return false;
        }
    }

    /** A sealed interface of records: the position of a record is its tag, its components the payload. */
    record SumShape(JavaName javaName, String sqlName, List<RecordShape> variants) implements Shape {
        public SumShape {
            variants = List.copyOf(variants);
        }

        @Override
        public boolean isRounded() {
            return variants.stream().anyMatch(RecordShape::isRounded);
        }
    }
}
