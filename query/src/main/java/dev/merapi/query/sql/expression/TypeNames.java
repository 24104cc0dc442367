package dev.merapi.query.sql.expression;

import static java.util.Map.entry;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.query.sql.ast.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the names of types mean. */
public final class TypeNames {
    private static final Map<String, ScalarType> SCALARS = Map.ofEntries(
            entry("bool", ScalarType.BOOL),
            entry("boolean", ScalarType.BOOL),
            entry("i8", ScalarType.I8),
            entry("tinyint", ScalarType.I8),
            entry("smallint", ScalarType.I16),
            entry("int2", ScalarType.I16),
            entry("i16", ScalarType.I16),
            entry("int", ScalarType.I32),
            entry("integer", ScalarType.I32),
            entry("int4", ScalarType.I32),
            entry("i32", ScalarType.I32),
            entry("bigint", ScalarType.I64),
            entry("int8", ScalarType.I64),
            entry("i64", ScalarType.I64),
            entry("i128", ScalarType.I128),
            entry("i256", ScalarType.I256),
            entry("u8", ScalarType.U8),
            entry("u16", ScalarType.U16),
            entry("u32", ScalarType.U32),
            entry("u64", ScalarType.U64),
            entry("u128", ScalarType.U128),
            entry("u256", ScalarType.U256),
            entry("real", ScalarType.F32),
            entry("float4", ScalarType.F32),
            entry("f32", ScalarType.F32),
            entry("float8", ScalarType.F64),
            entry("double", ScalarType.F64),
            entry("f64", ScalarType.F64),
            entry("text", ScalarType.TEXT),
            entry("string", ScalarType.TEXT),
            entry("bytea", ScalarType.BYTES),
            entry("bytes", ScalarType.BYTES),
            entry("blob", ScalarType.BYTES),
            entry("date", ScalarType.DATE),
            entry("time", ScalarType.TIME),
            entry("timestamp", ScalarType.TIMESTAMP),
            entry("timestamptz", ScalarType.TIMESTAMPTZ),
            entry("uuid", ScalarType.UUID),
            entry("json", ScalarType.JSON),
            entry("jsonb", ScalarType.JSON),
            entry("interval", ScalarType.INTERVAL),
            entry("identity", ScalarType.IDENTITY),
            entry("connection_id", ScalarType.CONNECTION_ID));

    private static final Map<String, ScalarType> SERIALS = Map.of(
            "smallserial", ScalarType.I16,
            "serial2", ScalarType.I16,
            "serial", ScalarType.I32,
            "serial4", ScalarType.I32,
            "bigserial", ScalarType.I64,
            "serial8", ScalarType.I64);

    /** Names PostgreSQL knows and Merapi does not, with what to use in their place. */
    private static final Map<String, String> REPLACEMENTS = Map.ofEntries(
            entry("money", "numeric(p,s)"),
            entry("timetz", "time, or timestamptz"),
            entry("bit", "bytea"),
            entry("varbit", "bytea"),
            entry("xml", "text"),
            entry("inet", "text"),
            entry("cidr", "text"),
            entry("macaddr", "text"),
            entry("point", "two columns"),
            entry("tsvector", "text"),
            entry("name", "text"),
            entry("oid", "bigint"));

    private static final Set<String> DECIMALS = Set.of("numeric", "decimal", "dec");
    private static final int MAX_ARRAY_DIMENSIONS = 6;
    private static final int MAX_FRACTION_DIGITS = 6;

    private TypeNames() {}

    /** Every name of a type without parameters and what it means: for whoever shows what there is. */
    public static Map<String, ScalarType> names() {
        return SCALARS;
    }

    /** Whether the name is one of the serial types, which only a column can have. */
    public static boolean isSerial(TypeName name) {
        return name.name().isSimple() && SERIALS.containsKey(name.name().last());
    }

    /** The integer type behind a serial type. */
    public static ScalarType serialType(TypeName name) {
        ScalarType type = SERIALS.get(name.name().last());
        if (type == null) {
            throw new IllegalArgumentException("not a serial type: " + name.name());
        }
        return type;
    }

    /**
     * The type with this name.
     *
     * @throws CodedException UNKNOWN_TYPE, UNSUPPORTED_SQL or INVALID_SCHEMA, at the place of the name
     */
    public static ColumnType resolve(TypeName name) {
        try {
            ColumnType type = element(name);
            if (name.arrayDimensions() > MAX_ARRAY_DIMENSIONS) {
                throw new CodedException(ErrorCode.STATEMENT_LIMIT, "too many array dimensions")
                        .with("limit", MAX_ARRAY_DIMENSIONS);
            }
            for (int i = 0; i < name.arrayDimensions(); i++) {
                type = new ArrayType(type);
            }
            return type;
        } catch (CodedException e) {
            throw e.at(name.position() + 1);
        }
    }

    /**
     * How many digits of a second a type name keeps, as in {@code timestamp(3)}; -1 if it does not say. Only a cast can
     * round to them: a column keeps microseconds.
     */
    static int fractionDigits(TypeName name) {
        boolean timed = name.arrayDimensions() == 0
                && switch (name.name().last()) {
                    case "time", "timestamp", "timestamptz", "interval" -> true;
                    default -> false;
                };
        int digits = timed && name.modifiers().size() == 1 ? name.modifiers().getFirst() : -1;
        return digits < MAX_FRACTION_DIGITS ? digits : -1;
    }

    /** The type a cast leads to; the digits of a second are left to {@link #fractionDigits}. */
    static ColumnType resolveForCast(TypeName name) {
        return fractionDigits(name) < 0
                ? resolve(name)
                : resolve(new TypeName(name.name(), List.of(), 0, name.fields()));
    }

    private static ColumnType element(TypeName name) {
        List<String> parts = name.name().parts();
        String last = name.name().last();
        boolean systemType = parts.size() == 2 && parts.getFirst().equals("pg_catalog");
        if (parts.size() > 1 && !systemType) {
            throw unknown(name);
        }
        List<Integer> modifiers = name.modifiers();
        if (DECIMALS.contains(last)) {
            return decimal(modifiers);
        }
        return switch (last) {
            case "varchar", "bpchar" -> varchar(modifiers); // blanks are never added: see the list of differences
            case "float" -> floating(modifiers);
            case "time", "timestamp", "timestamptz", "interval" -> {
                requireFraction(last, modifiers);
                yield scalar(name);
            }
            default -> {
                if (!modifiers.isEmpty() && SCALARS.containsKey(last)) {
                    throw new CodedException(ErrorCode.SYNTAX_ERROR, "type takes no modifier").with("type", last);
                }
                yield scalar(name);
            }
        };
    }

    private static ColumnType scalar(TypeName name) {
        ScalarType type = SCALARS.get(name.name().last());
        if (type == null) {
            throw unknown(name);
        }
        return type;
    }

    private static CodedException unknown(TypeName name) {
        String replacement = REPLACEMENTS.get(name.name().last());
        if (replacement != null) {
            return new CodedException(ErrorCode.UNSUPPORTED_SQL, "not supported")
                    .with("feature", "type " + name.name())
                    .hint("use " + replacement);
        }
        return new CodedException(ErrorCode.UNKNOWN_TYPE, "type does not exist")
                .with("type", name.name())
                .hint("the types are listed in docs/sql.md");
    }

    private static ColumnType decimal(List<Integer> modifiers) {
        return switch (modifiers.size()) {
            case 0 -> DecimalType.UNCONSTRAINED;
            case 1 -> constrained(modifiers.getFirst(), 0);
            case 2 -> constrained(modifiers.getFirst(), modifiers.get(1));
            default -> throw tooMany("numeric(precision, scale)");
        };
    }

    private static DecimalType constrained(int precision, int scale) {
        if (precision < 1) {
            throw new CodedException(ErrorCode.INVALID_SCHEMA, "numeric precision or scale is out of range")
                    .with("precision", precision)
                    .hint("precision is 1 to " + DecimalType.MAX_PRECISION);
        }
        return new DecimalType(precision, scale);
    }

    private static ColumnType varchar(List<Integer> modifiers) {
        return switch (modifiers.size()) {
            case 0 -> ScalarType.TEXT;
            case 1 -> new VarcharType(modifiers.getFirst());
            default -> throw tooMany("varchar(length)");
        };
    }

    /** {@code float(n)} asks for at least n binary digits. */
    private static ColumnType floating(List<Integer> modifiers) {
        if (modifiers.isEmpty()) {
            return ScalarType.F64;
        }
        int bits = modifiers.getFirst();
        if (bits < 1 || bits > 53) {
            throw new CodedException(ErrorCode.INVALID_SCHEMA, "float precision is out of range")
                    .with("precision", bits)
                    .hint("use 1 to 53 bits");
        }
        return bits <= 24 ? ScalarType.F32 : ScalarType.F64;
    }

    /** Six digits are what is stored; fewer would mean rounding on every write, which is not done silently. */
    private static void requireFraction(String type, List<Integer> modifiers) {
        if (modifiers.isEmpty() || modifiers.equals(List.of(MAX_FRACTION_DIGITS))) {
            return;
        }
        throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "not supported")
                .with("feature", type + modifiers)
                .hint("microseconds are kept: leave the precision out, and round with date_trunc");
    }

    private static CodedException tooMany(String form) {
        return new CodedException(ErrorCode.SYNTAX_ERROR, "too many type modifiers").hint("write " + form);
    }
}
