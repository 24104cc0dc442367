package dev.merapi.query.expr.aggregate;

import static dev.merapi.api.schema.ScalarType.BYTES;
import static dev.merapi.api.schema.ScalarType.JSON;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_ARRAY;
import static dev.merapi.query.expr.ParameterType.Polymorphic.ANY_NON_ARRAY;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.query.expr.Accumulator;
import dev.merapi.query.expr.AggregateFunction.Traits;
import dev.merapi.query.expr.EvalContext;
import dev.merapi.query.expr.value.Errors;
import dev.merapi.query.expr.value.JsonTree;
import dev.merapi.query.expr.value.JsonValues;
import dev.merapi.query.expr.value.Texts;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregates that keep all they are given: string_agg, array_agg and the JSON ones. */
final class Collecting {
    /** Values one group may hold: a bound on memory before anything else notices. */
    private static final int MAX_VALUES = 10_000_000;

    private Collecting() {}

    static void register(AggregateRegistrar to) {
        to.add("string_agg", TEXT, List.of(TEXT, TEXT), Traits.COLLECTING, TextJoin::new);
        to.add("string_agg", BYTES, List.of(BYTES, BYTES), Traits.COLLECTING, BytesJoin::new);
        to.generic(
                "array_agg",
                List.of(ANY_NON_ARRAY),
                Traits.COLLECTING,
                types -> new ArrayType(types.getFirst()),
                types -> Values::new);
        to.generic(
                "array_agg",
                List.of(ANY_ARRAY),
                Traits.COLLECTING,
                types -> new ArrayType(types.getFirst()),
                types -> Values::new);
        arrays(to, "json_agg", false);
        arrays(to, "jsonb_agg", false);
        arrays(to, "json_agg_strict", true);
        arrays(to, "jsonb_agg_strict", true);
        objects(to, "json_object_agg", false, false);
        objects(to, "jsonb_object_agg", false, false);
        objects(to, "json_object_agg_strict", true, false);
        objects(to, "jsonb_object_agg_strict", true, false);
        objects(to, "json_object_agg_unique", false, true);
        objects(to, "jsonb_object_agg_unique", false, true);
    }

    private static void arrays(AggregateRegistrar to, String name, boolean skipNulls) {
        to.generic(
                name,
                List.of(ANY),
                Traits.COLLECTING,
                types -> JSON,
                types -> () -> new JsonArray(types.getFirst(), skipNulls));
    }

    private static void objects(AggregateRegistrar to, String name, boolean skipNulls, boolean unique) {
        to.generic(
                name,
                List.of(ANY, ANY),
                Traits.COLLECTING,
                types -> JSON,
                types -> () -> new JsonObject(types, skipNulls, unique));
    }

    private static void checkCount(int count) {
        if (count > MAX_VALUES) {
            throw Errors.limit("aggregate collects too many values", MAX_VALUES);
        }
    }

    /** A NULL value is left out; a NULL delimiter is an empty one; the first value's delimiter is not used. */
    private static final class TextJoin implements Accumulator {
        private @Nullable StringBuilder out;

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            if (!(arguments[0] instanceof String value)) {
                return;
            }
            if (out == null) {
                out = new StringBuilder(value);
            } else {
                out.append(arguments[1] == null ? "" : arguments[1]).append(value);
                Texts.checkLength(out.length());
            }
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return out == null ? null : out.toString();
        }
    }

    private static final class BytesJoin implements Accumulator {
        private @Nullable ByteArrayOutputStream out;

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            if (!(arguments[0] instanceof byte[] value)) {
                return;
            }
            if (out == null) {
                out = new ByteArrayOutputStream();
            } else if (arguments[1] instanceof byte[] delimiter) {
                out.writeBytes(delimiter);
            }
            out.writeBytes(value);
            Texts.checkLength(out.size());
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return out == null ? null : out.toByteArray();
        }
    }

    private static final class Values implements Accumulator {
        private final List<@Nullable Object> values = new ArrayList<>();

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            values.add(arguments[0]);
            checkCount(values.size());
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return values.isEmpty() ? null : Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    private static final class JsonArray implements Accumulator {
        private final ColumnType type;
        private final boolean skipNulls;
        private final List<JsonTree> elements = new ArrayList<>();
        private boolean any;

        JsonArray(ColumnType type, boolean skipNulls) {
            this.type = type;
            this.skipNulls = skipNulls;
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            any = true;
            if (arguments[0] != null || !skipNulls) {
                elements.add(JsonValues.of(type, arguments[0]));
                checkCount(elements.size());
            }
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return any ? new JsonTree.Array(elements).json() : null;
        }
    }

    private static final class JsonObject implements Accumulator {
        private final List<ColumnType> types;
        private final boolean skipNulls;
        private final boolean unique;
        private final JsonTree.Members object = JsonTree.object();
        private boolean any;

        JsonObject(List<ColumnType> types, boolean skipNulls, boolean unique) {
            this.types = types;
            this.skipNulls = skipNulls;
            this.unique = unique;
        }

        @Override
        public void add(EvalContext context, @Nullable Object[] arguments) {
            any = true;
            Object key = arguments[0];
            if (key == null) {
                throw Errors.argument("field name must not be null");
            }
            if (arguments[1] == null && skipNulls) {
                return;
            }
            String name = JsonValues.key(types.get(0), key);
            JsonTree before = object.members().put(name, JsonValues.of(types.get(1), arguments[1]));
            if (before != null && unique) {
                throw new CodedException(ErrorCode.INVALID_ARGUMENT, "duplicate JSON object key value")
                        .with("key", name);
            }
            checkCount(object.members().size());
        }

        @Override
        public @Nullable Object result(EvalContext context) {
            return any ? object.json() : null;
        }
    }
}
