package dev.merapi.query.expr.function;

import dev.merapi.query.expr.Casts;
import dev.merapi.query.expr.Functions;
import dev.merapi.query.expr.aggregate.StandardAggregates;

/** The functions and casts every database has. */
public final class StandardFunctions {
    private static final Casts CASTS = new Casts(new Conversion());
    private static final Functions FUNCTIONS = build();

    private StandardFunctions() {}

    public static Functions functions() {
        return FUNCTIONS;
    }

    public static Casts casts() {
        return CASTS;
    }

    private static Functions build() {
        Functions.Builder builder = new Functions.Builder();
        Registrar to = new Registrar(builder);
        IntegerFunctions.register(to);
        DecimalFunctions.register(to);
        FloatFunctions.register(to);
        TextFunctions.register(to);
        TextAssembly.register(to);
        LikeFunctions.register(to);
        RegexFunctions.register(to);
        BytesFunctions.register(to);
        DateTimeOperators.register(to);
        DateTimeFunctions.register(to);
        DateTimeMakers.register(to);
        JsonFunctions.register(to);
        JsonBuilders.register(to);
        JsonPathFunctions.register(to);
        ArrayFunctions.register(to);
        ArrayChanges.register(to);
        TableFunctions.register(to);
        SystemFunctions.register(to);
        StandardAggregates.register(builder);
        return builder.build(CASTS);
    }
}
