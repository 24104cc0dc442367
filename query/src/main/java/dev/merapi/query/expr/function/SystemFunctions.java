package dev.merapi.query.expr.function;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.I16;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.JSON;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.api.schema.ScalarType.UUID;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_COMPATIBLE;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.SumValue;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.ScalarFunction.Body;
import dev.merapi.query.expr.ScalarFunction.Traits;
import dev.merapi.query.expr.Volatility;
import dev.merapi.query.expr.value.ClaimsJson;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.ValueOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** GREATEST and LEAST, facts about session and server, random numbers and identifiers, sequences. */
final class SystemFunctions {
    private static final Map<String, String> SETTINGS = Map.of(
            "server_version", "18.0",
            "server_version_num", "180000",
            "server_encoding", "UTF8",
            "client_encoding", "UTF8",
            "timezone", "UTC",
            "datestyle", "ISO, MDY",
            "intervalstyle", "postgres",
            "standard_conforming_strings", "on",
            "transaction_isolation", "serializable",
            "integer_datetimes", "on");

    /** The setting that holds all claims as JSON, and what settings that hold one of them begin with. */
    private static final String CLAIMS = "request.jwt.claims";

    private static final String CLAIM = "request.jwt.claim.";

    private static final Traits STABLE_PARTIAL = Traits.STRICT_PARTIAL.with(Volatility.STABLE);

    private SystemFunctions() {}

    static void register(Registrar to) {
        extremes(to);
        session(to.with(Traits.STABLE));
        caller(to.with(STABLE_PARTIAL));
        settings(to.with(STABLE_PARTIAL));
        server(to);
        identifiers(to);
        random(to.with(Traits.VOLATILE));
        sequences(to.with(Traits.VOLATILE));
    }

    private static void extremes(Registrar to) {
        extreme(to, "greatest", 1);
        extreme(to, "least", -1);
        to.with(Traits.TOTAL)
                .variadic(
                        "num_nulls",
                        List.of(ANY),
                        types -> I32,
                        types -> (context, arguments) -> arguments.length - present(arguments));
        to.with(Traits.TOTAL)
                .variadic(
                        "num_nonnulls",
                        List.of(ANY),
                        types -> I32,
                        types -> (context, arguments) -> present(arguments));
    }

    private static int present(@Nullable Object[] arguments) {
        int count = 0;
        for (Object argument : arguments) {
            count += argument == null ? 0 : 1;
        }
        return count;
    }

    private static void extreme(Registrar to, String name, int sign) {
        to.with(Traits.NULLABLE).variadic(name, List.of(ANY_COMPATIBLE), List::getFirst, types -> {
            Comparator<Object> order = ValueOrder.comparator(types.getFirst());
            Body body = (context, arguments) -> {
                Object best = null;
                for (Object argument : arguments) {
                    if (argument != null && (best == null || order.compare(argument, best) * sign > 0)) {
                        best = argument;
                    }
                }
                return best;
            };
            return body;
        });
    }

    private static void session(Registrar to) {
        for (String name : new String[] {"current_user", "session_user", "user"}) {
            to.add(
                    name,
                    TEXT,
                    List.of(),
                    (context, arguments) -> context.caller().user());
        }
        to.add(
                "current_role",
                TEXT,
                List.of(),
                (context, arguments) -> context.caller().role());
        to.add(
                "current_schema",
                TEXT,
                List.of(),
                (context, arguments) -> context.caller().schema());
        to.add(
                "current_schemas",
                new ArrayType(TEXT),
                List.of(BOOL),
                (context, arguments) -> Boolean.TRUE.equals(arguments[0])
                        ? List.of("pg_catalog", context.caller().schema())
                        : List.of(context.caller().schema()));
        for (String name : new String[] {"current_database", "current_catalog"}) {
            // A database does not know its own name; information_schema says the same.
            to.add(name, TEXT, List.of(), (context, arguments) -> "merapi");
        }
        to.add("merapi_offset", I64, List.of(), (context, arguments) -> context.offset());
    }

    /** What row policies ask, under the names that users of PostgREST and Supabase write. */
    private static void caller(Registrar to) {
        to.add(
                "auth.uid",
                TEXT,
                List.of(),
                (context, arguments) -> context.caller().user().isEmpty()
                        ? null
                        : context.caller().user());
        to.add(
                "auth.role",
                TEXT,
                List.of(),
                (context, arguments) -> context.caller().role());
        to.add("auth.jwt", JSON, List.of(), (context, arguments) -> claims(context));
    }

    private static Json claims(EvalContext context) {
        EvalContext.Caller caller = context.caller();
        return ClaimsJson.of(caller.claims(), caller.user(), caller.role());
    }

    private static void settings(Registrar to) {
        to.add(
                "merapi_claim",
                TEXT,
                List.of(TEXT),
                (context, arguments) -> context.caller().claims().get(Registrar.<String>argument(arguments, 0)));
        to.add(
                "current_setting",
                TEXT,
                List.of(TEXT),
                (context, arguments) -> setting(context, Registrar.argument(arguments, 0), false));
        to.add(
                "current_setting",
                TEXT,
                List.of(TEXT, BOOL),
                (context, arguments) ->
                        setting(context, Registrar.argument(arguments, 0), Registrar.<Boolean>argument(arguments, 1)));
    }

    private static @Nullable String setting(EvalContext context, String name, boolean missingOk) {
        String key = name.toLowerCase(Locale.ROOT);
        String value = switch (key) {
            case "search_path" -> context.caller().schema();
            case "role" -> context.caller().role();
            case CLAIMS -> claims(context).text();
            default ->
                key.startsWith(CLAIM)
                        ? context.caller().claims().get(name.substring(CLAIM.length()))
                        : SETTINGS.get(key);
        };
        if (value == null && !missingOk) {
            throw new CodedException(ErrorCode.UNKNOWN_SETTING, "unrecognized configuration parameter")
                    .with("parameter", name);
        }
        return value;
    }

    private static void server(Registrar to) {
        to.with(Traits.STABLE)
                .add("version", TEXT, List.of(), (context, arguments) -> "Merapi 0.1.0 (SQL of PostgreSQL 18)");
        to.with(Traits.TOTAL)
                .generic(
                        "pg_typeof",
                        List.of(ANY),
                        types -> TEXT,
                        types -> (context, arguments) -> typeName(types.getFirst()));
        to.generic("variant", List.of(ANY), types -> TEXT, types -> {
            if (!(types.getFirst() instanceof SumType)) {
                throw Errors.noSuchFunction("variant", types.getFirst());
            }
            return (context, arguments) -> ((SumValue) Objects.requireNonNull(arguments[0])).variant();
        });
        to.add("pg_size_pretty", TEXT, I64, SystemFunctions::prettySize);
    }

    /** The name without length or precision. */
    private static String typeName(ColumnType type) {
        return switch (type) {
            case ScalarType scalar -> scalar.sqlName();
            case DecimalType decimal -> "numeric";
            case VarcharType varchar -> "character varying";
            case ArrayType array -> typeName(array.element()) + "[]";
            case RecordType record -> record.name();
            case SumType sum -> sum.name();
        };
    }

    /** Bytes in the largest unit that leaves at least 10 of it, half rounded up. */
    private static String prettySize(Long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB", "PB"};
        long size = bytes;
        int unit = 0;
        boolean doubled = false;
        while (unit < units.length - 1 && Math.abs(doubled ? size / 2 : size) >= 10 * 1024) {
            // One bit more is kept until the end, so that it is rounded once.
            size = doubled ? size / 1024 : size / 512;
            doubled = true;
            unit++;
        }
        long shown = doubled ? (size + Long.signum(size)) / 2 : size;
        return shown + " " + units[unit];
    }

    private static void identifiers(Registrar to) {
        Registrar random = to.with(Traits.VOLATILE);
        for (String name : new String[] {"gen_random_uuid", "uuidv4"}) {
            random.add(name, UUID, List.of(), (context, arguments) -> randomUuid(context.random()));
        }
        random.add("uuidv7", UUID, List.of(), (context, arguments) -> timedUuid(context));
        to.add("uuid_extract_version", I16, UUID, (java.util.UUID uuid) -> (short) uuid.version());
    }

    private static void random(Registrar to) {
        to.add(
                "random",
                F64,
                List.of(),
                (context, arguments) -> context.random().nextDouble());
        to.add(
                "random_normal",
                F64,
                List.of(),
                (context, arguments) -> context.random().nextGaussian());
        to.add(
                "random_normal",
                F64,
                List.of(F64, F64),
                (context, arguments) -> Registrar.<Double>argument(arguments, 0)
                        + Registrar.<Double>argument(arguments, 1)
                                * context.random().nextGaussian());
        to.add("random", I32, List.of(I32, I32), (context, arguments) -> (int) between(
                context.random(),
                Registrar.<Integer>argument(arguments, 0),
                Registrar.<Integer>argument(arguments, 1)));
        to.add(
                "random",
                I64,
                List.of(I64, I64),
                (context, arguments) -> between(
                        context.random(),
                        Registrar.<Long>argument(arguments, 0),
                        Registrar.<Long>argument(arguments, 1)));
        to.add(
                "random",
                DecimalType.UNCONSTRAINED,
                List.of(DecimalType.UNCONSTRAINED, DecimalType.UNCONSTRAINED),
                (context, arguments) -> between(
                        context.random(),
                        Registrar.<BigDecimal>argument(arguments, 0),
                        Registrar.<BigDecimal>argument(arguments, 1)));
    }

    /** A whole number; both bounds may come up. */
    private static long between(RandomGenerator random, long low, long high) {
        requireOrdered(low <= high);
        if (low == Long.MIN_VALUE && high == Long.MAX_VALUE) {
            return random.nextLong();
        }
        return high == Long.MAX_VALUE ? random.nextLong(low - 1, high) + 1 : random.nextLong(low, high + 1);
    }

    /** A number with as many digits behind the point as the bounds have; both may come up. */
    private static BigDecimal between(RandomGenerator random, BigDecimal low, BigDecimal high) {
        requireOrdered(low.compareTo(high) <= 0);
        int scale = Math.max(low.scale(), high.scale());
        BigInteger first = low.setScale(scale).unscaledValue();
        BigInteger choices =
                high.setScale(scale).unscaledValue().subtract(first).add(BigInteger.ONE);
        // 64 bits more than needed: what the remainder favours is then less than one in 2^64.
        byte[] bytes = new byte[choices.bitLength() / 8 + 9];
        random.nextBytes(bytes);
        return new BigDecimal(first.add(new BigInteger(1, bytes).mod(choices)), scale);
    }

    private static void requireOrdered(boolean ordered) {
        if (!ordered) {
            throw new CodedException(
                    ErrorCode.INVALID_ARGUMENT, "lower bound must be less than or equal to upper bound");
        }
    }

    private static java.util.UUID randomUuid(RandomGenerator random) {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new java.util.UUID(high, low);
    }

    /** Milliseconds of the statement's time in front, so that identifiers sort by it. */
    private static java.util.UUID timedUuid(EvalContext context) {
        long millis = context.now().toEpochMilli();
        long high = (millis << 16) | 0x7000L | (context.random().nextLong() & 0x0FFFL);
        long low = (context.random().nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new java.util.UUID(high, low);
    }

    private static void sequences(Registrar to) {
        to.add(
                "next_sequence",
                I64,
                List.of(I32, I32),
                (context, arguments) -> context.sequences()
                        .next(Registrar.<Integer>argument(arguments, 0), Registrar.<Integer>argument(arguments, 1)));
        for (String name : new String[] {"nextval", "currval"}) {
            to.add(name, I64, List.of(TEXT), (context, arguments) -> {
                throw new CodedException(ErrorCode.UNSUPPORTED_SQL, "there are no sequences apart from columns")
                        .with("function", name)
                        .hint("declare the column GENERATED BY DEFAULT AS IDENTITY and read it with RETURNING");
            });
        }
    }
}
