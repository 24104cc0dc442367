package dev.merapi.client.row;

import static java.lang.invoke.MethodType.methodType;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.RowType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of rows of one shape. All reflection happens when the mapper is made: what remains is one method handle
 * from row to record, the canonical constructor with a reading of a column bound to each of its arguments.
 */
final class RecordMapper<R extends Record> {
    private static final MethodHandles.Lookup OWN = MethodHandles.lookup();
    private static final MethodType TO_OBJECT = methodType(Object.class, Row.class);

    /** Shapes kept per record class. A program has a handful; one that builds its SQL has any number. */
    private static final int MAX_SHAPES = 64;

    private static final ClassValue<Map<Columns, RecordMapper<?>>> MAPPERS = new ClassValue<>() {
        @Override
        protected Map<Columns, RecordMapper<?>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private final Class<R> recordType;
    private final MethodHandle toRecord;

    private RecordMapper(Class<R> recordType, MethodHandle toRecord) {
        this.recordType = recordType;
        this.toRecord = toRecord;
    }

    /** The mapper for this record and these columns; compiled at the first call. Any thread. */
    static <R extends Record> RecordMapper<R> of(Class<R> recordType, Columns columns) {
        Map<Columns, RecordMapper<?>> known = MAPPERS.get(recordType);
        @SuppressWarnings("unchecked") // only mappers of recordType are put into the map that belongs to it
        RecordMapper<R> mapper = (RecordMapper<R>) known.get(columns);
        if (mapper == null) {
            mapper = compile(recordType, columns);
            if (known.size() >= MAX_SHAPES) {
                known.clear();
            }
            known.put(columns, mapper);
        }
        return mapper;
    }

    R map(Row row) {
        try {
            return recordType.cast((Object) toRecord.invokeExact(row));
        } catch (CodedException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new CodedException(ErrorCode.ROW_MAPPING, "the record's constructor refused the row")
                    .with("record", recordType.getName())
                    .with("cause", e)
                    .causedBy(e);
        }
    }

    private static <R extends Record> RecordMapper<R> compile(Class<R> recordType, Columns columns) {
        RecordComponent[] components = recordType.getRecordComponents();
        MethodHandle[] readings = new MethodHandle[components.length];
        for (int i = 0; i < components.length; i++) {
            int column = columnFor(recordType, components[i].getName(), columns);
            readings[i] = reading(recordType, components[i], columns.column(column), column);
        }
        MethodHandle constructor = constructor(recordType, components);
        MethodHandle filtered = MethodHandles.filterArguments(constructor, 0, readings);
        int[] allTheSameRow = new int[components.length];
        MethodHandle toRecord =
                MethodHandles.permuteArguments(filtered, methodType(recordType, Row.class), allTheSameRow);
        return new RecordMapper<>(recordType, toRecord.asType(TO_OBJECT));
    }

    private static MethodHandle constructor(Class<? extends Record> recordType, RecordComponent[] components) {
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            // A named module reads another, the unnamed one included, only when told to.
            RecordMapper.class.getModule().addReads(recordType.getModule());
            return MethodHandles.privateLookupIn(recordType, OWN)
                    .findConstructor(recordType, methodType(void.class, parameters));
        } catch (IllegalAccessException e) {
            return publicConstructor(recordType, parameters, e);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("a record without canonical constructor", e);
        }
    }

    private static MethodHandle publicConstructor(
            Class<? extends Record> recordType, Class<?>[] parameters, IllegalAccessException why) {
        try {
            return MethodHandles.publicLookup().findConstructor(recordType, methodType(void.class, parameters));
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new CodedException(ErrorCode.ROW_MAPPING, "the record is not accessible")
                    .with("record", recordType.getName())
                    .with("module", recordType.getModule())
                    .hint("make record and constructor public and export the package, or open the package to"
                            + " dev.merapi.client")
                    .causedBy(why);
        }
    }

    private static int columnFor(Class<?> recordType, String component, Columns columns) {
        int exact = columns.find(component);
        if (exact >= 0) {
            return exact;
        }
        int found = -1;
        String wanted = plain(component);
        for (int i = 0; i < columns.size(); i++) {
            if (plain(columns.column(i).name()).equals(wanted)) {
                if (found >= 0) {
                    throw failure("several columns match a component", recordType, component)
                            .with("columns", columns.names());
                }
                found = i;
            }
        }
        if (found < 0) {
            throw failure("no column matches a component", recordType, component)
                    .with("columns", columns.names())
                    .hint("select the column, or give it this name with AS");
        }
        return found;
    }

    /** The name without what differs between Java's and SQL's ways of writing it. */
    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static MethodHandle reading(Class<?> recordType, RecordComponent component, Column column, int index) {
        Class<?> type = component.getType();
        if (!Cells.isReadable(column.type(), type)) {
            throw failure("a component cannot hold its column", recordType, component.getName())
                    .with("componentType", type.getSimpleName())
                    .with("column", column.name())
                    .with("columnType", column.type().sqlName());
        }
        MethodHandle reading;
        if (type.isEnum()) {
            reading = enumReading(type);
        } else if (type.isRecord() && column.type() instanceof RecordType fields) {
            reading = nestedReading(type, fields);
        } else {
            reading = CellReadings.of(type);
        }
        return MethodHandles.insertArguments(reading, 1, index).asType(methodType(type, Row.class));
    }

    /** A record inside a record is mapped as a row is, which it is laid out as. */
    private static MethodHandle nestedReading(Class<?> type, RecordType columnType) {
        RecordMapper<?> mapper = of(type.asSubclass(Record.class), Columns.of(new RowType(columnType.fields())));
        try {
            MethodHandle map = OWN.findVirtual(RecordMapper.class, "mapNested", TO_OBJECT);
            return MethodHandles.filterReturnValue(CellReadings.of(Row.class), map.bindTo(mapper));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of this class is not there", e);
        }
    }

    @SuppressWarnings("unused") // called through a method handle
    private @Nullable Object mapNested(@Nullable Row row) {
        return row == null ? null : map(row);
    }

    private static MethodHandle enumReading(Class<?> type) {
        try {
            MethodHandle constant =
                    OWN.findStatic(RecordMapper.class, "constant", methodType(Object.class, Class.class, String.class));
            return MethodHandles.filterReturnValue(CellReadings.of(String.class), constant.bindTo(type));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of this class is not there", e);
        }
    }

    @SuppressWarnings("unused") // called through a method handle
    private static @Nullable Object constant(Class<?> type, @Nullable String name) {
        if (name == null) {
            return null;
        }
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new CodedException(ErrorCode.ROW_MAPPING, "the enum has no such constant")
                .with("enum", type.getName())
                .with("value", name);
    }

    private static CodedException failure(String text, Class<?> recordType, String component) {
        return new CodedException(ErrorCode.ROW_MAPPING, text)
                .with("record", recordType.getName())
                .with("component", component);
    }
}
