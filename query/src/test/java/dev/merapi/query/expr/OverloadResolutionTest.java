package dev.merapi.query.expr;

import static dev.merapi.api.schema.ScalarType.BOOL;
import static dev.merapi.api.schema.ScalarType.DATE;
import static dev.merapi.api.schema.ScalarType.F32;
import static dev.merapi.api.schema.ScalarType.F64;
import static dev.merapi.api.schema.ScalarType.I128;
import static dev.merapi.api.schema.ScalarType.I16;
import static dev.merapi.api.schema.ScalarType.I256;
import static dev.merapi.api.schema.ScalarType.I32;
import static dev.merapi.api.schema.ScalarType.I64;
import static dev.merapi.api.schema.ScalarType.I8;
import static dev.merapi.api.schema.ScalarType.INTERVAL;
import static dev.merapi.api.schema.ScalarType.JSON;
import static dev.merapi.api.schema.ScalarType.TEXT;
import static dev.merapi.api.schema.ScalarType.TIMESTAMP;
import static dev.merapi.api.schema.ScalarType.TIMESTAMPTZ;
import static dev.merapi.api.schema.ScalarType.U256;
import static dev.merapi.api.schema.ScalarType.U32;
import static dev.merapi.api.schema.ScalarType.U64;
import static dev.merapi.api.schema.ScalarType.U8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.query.expr.function.StandardFunctions;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverloadResolutionTest {
    private static final ColumnType NUMERIC = DecimalType.UNCONSTRAINED;
    private static final @Nullable ColumnType UNKNOWN = null;

    private final Functions functions = StandardFunctions.functions();
    private final Casts casts = StandardFunctions.casts();

    private @Nullable ScalarFunction plus(@Nullable ColumnType left, @Nullable ColumnType right) {
        return functions.resolveOperator("+", left, right);
    }

    @Test
    void integers_meet_in_the_narrowest_type_that_holds_both() {
        assertThat(plus(I32, I32)).hasToString("+(integer, integer)");
        assertThat(plus(I16, I64)).hasToString("+(bigint, bigint)");
        assertThat(plus(U8, I8)).hasToString("+(smallint, smallint)");
        assertThat(plus(U32, I32)).hasToString("+(bigint, bigint)");
        assertThat(plus(U64, I64)).hasToString("+(i128, i128)");
        assertThat(plus(I128, I256)).hasToString("+(i256, i256)");
    }

    @Test
    void integers_that_no_integer_type_holds_together_meet_in_a_wider_number() {
        ScalarFunction function = plus(U256, I32);

        assertThat(function).isNotNull();
        assertThat(casts.commonType(List.of(U256, I32))).isEqualTo(NUMERIC);
    }

    @Test
    void an_unknown_literal_takes_the_type_of_the_other_operand() {
        assertThat(plus(I32, UNKNOWN)).hasToString("+(integer, integer)");
        assertThat(plus(UNKNOWN, INTERVAL)).hasToString("+(interval, interval)");
        assertThat(functions.resolveOperator("->", JSON, UNKNOWN)).hasToString("->(jsonb, text)");
        assertThat(functions.resolveOperator("||", JSON, UNKNOWN)).hasToString("||(jsonb, jsonb)");
        assertThat(functions.resolveOperator("||", UNKNOWN, UNKNOWN)).hasToString("||(text, text)");
    }

    @Test
    void numbers_of_several_kinds_meet_where_postgresql_lets_them_meet() {
        assertThat(plus(I32, NUMERIC)).hasToString("+(numeric, numeric)");
        assertThat(plus(NUMERIC, F64)).hasToString("+(double precision, double precision)");
        assertThat(plus(I32, F32)).hasToString("+(double precision, real)");
        assertThat(plus(F32, F32)).hasToString("+(real, real)");
    }

    @Test
    void the_preferred_type_of_a_category_wins_when_nothing_else_decides() {
        assertThat(functions.resolveFunction("sqrt", Arrays.asList(I32))).hasToString("sqrt(double precision)");
        assertThat(functions.resolveFunction("date_trunc", Arrays.asList(UNKNOWN, DATE)))
                .hasToString("date_trunc(text, timestamp with time zone)");
        assertThat(functions.resolveFunction("length", Arrays.asList(UNKNOWN))).hasToString("length(text)");
    }

    @Test
    void lengths_and_precisions_are_no_types_of_their_own() {
        assertThat(functions.resolveFunction("lower", List.of(new VarcharType(5))))
                .hasToString("lower(text)");
        assertThat(functions.resolveFunction("abs", List.of(new DecimalType(10, 2))))
                .hasToString("abs(numeric)");
        assertThat(casts.commonType(List.of(new VarcharType(5), new VarcharType(9))))
                .isEqualTo(TEXT);
        assertThat(casts.commonType(List.of(new VarcharType(5), new VarcharType(5))))
                .isEqualTo(new VarcharType(5));
    }

    @Test
    void polymorphic_functions_are_settled_by_their_arguments() {
        ColumnType integers = new ArrayType(I32);

        assertThat(functions.resolveFunction("array_append", Arrays.asList(integers, I64)))
                .hasToString("array_append(bigint[], bigint)");
        assertThat(functions.resolveOperator("||", integers, I32)).hasToString("||(integer[], integer)");
        assertThat(functions.resolveOperator("@>", integers, new ArrayType(I64)))
                .isNull();
        assertThat(functions.resolveFunction("greatest", Arrays.asList(I32, NUMERIC, UNKNOWN)))
                .hasToString("greatest(numeric, numeric, numeric)");
        assertThat(functions.resolveFunction("greatest", Arrays.asList(I32, TEXT)))
                .isNull();
    }

    @Test
    void what_fits_nothing_is_not_found_and_what_fits_several_is_ambiguous() {
        assertThat(functions.resolveFunction("lower", List.of(I32))).isNull();
        assertThat(functions.resolveFunction("no_such", List.of())).isNull();
        assertThat(plus(BOOL, BOOL)).isNull();
        assertThatThrownBy(() -> plus(UNKNOWN, UNKNOWN))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AMBIGUOUS_FUNCTION));
    }

    @Test
    void comparisons_cast_both_sides_to_one_type() {
        assertThat(casts.comparisonType(I32, I64)).isEqualTo(I64);
        assertThat(casts.comparisonType(U64, I32)).isEqualTo(I128);
        assertThat(casts.comparisonType(DATE, TIMESTAMPTZ)).isEqualTo(TIMESTAMPTZ);
        assertThat(casts.comparisonType(I32, F32)).isEqualTo(F64);
        assertThat(casts.comparisonType(UNKNOWN, TIMESTAMP)).isEqualTo(TIMESTAMP);
        assertThat(casts.comparisonType(I32, TEXT)).isNull();
        assertThat(casts.comparisonType(new ArrayType(I32), new ArrayType(I64))).isNull();
    }

    @Test
    void casts_are_as_free_as_in_postgresql() {
        assertThat(casts.implicit(I32, NUMERIC)).isTrue();
        assertThat(casts.implicit(NUMERIC, I32)).isFalse();
        assertThat(casts.assignment(NUMERIC, I32)).isTrue();
        assertThat(casts.assignment(I64, TEXT)).isTrue();
        assertThat(casts.assignment(TEXT, I64)).isFalse();
        assertThat(casts.explicit(TEXT, I64)).isTrue();
        assertThat(casts.explicit(BOOL, I32)).isTrue();
        assertThat(casts.explicit(BOOL, I64)).isFalse();
        assertThat(casts.explicit(DATE, I32)).isFalse();
        assertThat(casts.implicit(new ArrayType(I32), new ArrayType(I64))).isTrue();
        assertThatThrownBy(() -> casts.cast(DATE, I32))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANNOT_CAST));
    }

    @Test
    void text_too_long_is_cut_by_a_written_cast_and_refused_by_an_assignment() {
        EvalContext context = EvalContext.ofParameters(List.of());
        VarcharType three = new VarcharType(3);

        assertThat(casts.cast(TEXT, three).apply(context, "abcdef")).isEqualTo("abc");
        assertThat(casts.assignmentCast(TEXT, three).apply(context, "abc  ")).isEqualTo("abc");
        assertThatThrownBy(() -> casts.assignmentCast(TEXT, three).apply(context, "abcdef"))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STRING_TOO_LONG));
    }
}
