package dev.merapi.wire.v1;

import dev.merapi.api.error.ErrorCategory;
import dev.merapi.api.schema.ArrayType;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.DecimalType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.ResultOrder;
import dev.merapi.api.schema.RowType;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import dev.merapi.api.schema.VarcharType;
import dev.merapi.api.value.ConnectionId;
import dev.merapi.api.value.Identity;
import dev.merapi.api.value.Interval;
import dev.merapi.api.value.Json;
import dev.merapi.api.value.RecordValue;
import dev.merapi.api.value.SumValue;
import dev.merapi.wire.ClientMessage;
import dev.merapi.wire.Confirm;
import dev.merapi.wire.ConnectionLimits;
import dev.merapi.wire.ErrorInfo;
import dev.merapi.wire.LiveOptions;
import dev.merapi.wire.Position;
import dev.merapi.wire.Result;
import dev.merapi.wire.RowChange;
import dev.merapi.wire.ServerMessage;
import dev.merapi.wire.Start;
import dev.merapi.wire.Statement;
import dev.merapi.wire.TypedValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Any message a client or server might send. */
final class RandomMessages {
    static final int CLIENT_KINDS = ClientMessage.class.getPermittedSubclasses().length;
    static final int SERVER_KINDS = ServerMessage.class.getPermittedSubclasses().length;

    private static final int MAX_LIST = 4;

    private final RandomGenerator random;

    RandomMessages(RandomGenerator random) {
        this.random = random;
    }

    ClientMessage client(int kind) {
        return switch (kind) {
            case 0 -> new ClientMessage.Hello(natural(), list(this::text), maybe(this::text), text(), text());
            case 1 -> new ClientMessage.Execute(random.nextLong(), list(this::statement), pick(Confirm.values()));
            case 2 -> new ClientMessage.Query(random.nextLong(), statement());
            case 3 -> new ClientMessage.Cancel(random.nextLong());
            case 4 ->
                new ClientMessage.Subscribe(
                        random.nextInt(), statement(), new LiveOptions(natural(), maybeInt(), maybe(this::position)));
            case 5 -> new ClientMessage.NextBatch(random.nextInt());
            case 6 -> new ClientMessage.Unsubscribe(random.nextInt());
            case 7 -> new ClientMessage.Ping(random.nextLong());
            case 8 -> new ClientMessage.Call(random.nextLong(), text(), row(), pick(Confirm.values()));
            default -> throw new AssertionError(kind);
        };
    }

    ServerMessage server(int kind) {
        return switch (kind) {
            case 0 -> welcome();
            case 1 ->
                new ServerMessage.Results(random.nextLong(), list(this::result), position(), random.nextBoolean());
            case 2 -> new ServerMessage.ResultRows(random.nextLong(), natural(), list(this::row));
            case 3 -> new ServerMessage.RequestFailed(random.nextLong(), error());
            case 4 -> subscribed();
            case 5 -> new ServerMessage.Batch(random.nextInt(), list(this::row), random.nextBoolean(), position());
            case 6 ->
                new ServerMessage.Update(
                        random.nextLong(),
                        offset(),
                        random.nextLong(),
                        list(this::change),
                        pick(ServerMessage.Update.End.values()));
            case 7 ->
                new ServerMessage.NetUpdate(
                        random.nextInt(), offset(), random.nextLong(), list(this::change), random.nextBoolean());
            case 8 -> new ServerMessage.Progress(offset());
            case 9 -> new ServerMessage.SubscriptionEnded(random.nextInt(), maybe(this::error));
            case 10 -> new ServerMessage.Pong(random.nextLong());
            case 11 -> new ServerMessage.Goodbye(random.nextInt(65536), text());
            case 12 -> new ServerMessage.Live(random.nextInt(), offset());
            default -> throw new AssertionError(kind);
        };
    }

    private ServerMessage.Welcome welcome() {
        return new ServerMessage.Welcome(
                natural(),
                list(this::text),
                random.nextLong(),
                text(),
                text(),
                position(),
                new ConnectionLimits(natural(), natural(), natural(), natural(), natural()));
    }

    private ServerMessage.Subscribed subscribed() {
        RowType type = rowType();
        int hidden = random.nextInt(type.size() + 1);
        int shown = type.size() - hidden;
        return new ServerMessage.Subscribed(
                random.nextInt(),
                random.nextLong(),
                type,
                shown == 0 ? List.of() : list(() -> random.nextInt(shown)),
                new ResultOrder(type.size() == 0 ? List.of() : list(() -> orderPart(type.size())), hidden),
                position(),
                switch (random.nextInt(3)) {
                    case 0 -> Start.FRESH;
                    case 1 -> Start.RESUMED;
                    default -> new Start.Reset(pick(Start.ResetReason.values()));
                });
    }

    private ResultOrder.Part orderPart(int columns) {
        return new ResultOrder.Part(random.nextInt(columns), random.nextBoolean(), random.nextBoolean());
    }

    private Statement statement() {
        return new Statement(text(), list(this::parameter));
    }

    private TypedValue parameter() {
        if (random.nextInt(8) == 0) {
            return TypedValue.NULL;
        }
        ColumnType type = type(2);
        return new TypedValue(type, random.nextInt(8) == 0 ? null : value(type));
    }

    ColumnType type(int depth) {
        int kind = random.nextInt(ScalarType.values().length + 5);
        if (kind < ScalarType.values().length) {
            return ScalarType.values()[kind];
        }
        return switch (kind - ScalarType.values().length) {
            case 0 -> random.nextBoolean() ? DecimalType.UNCONSTRAINED : new DecimalType(12, 4);
            case 1 -> new VarcharType(100);
            case 2 -> depth == 0 ? ScalarType.TEXT : new ArrayType(type(depth - 1));
            case 3 -> new RecordType("r", columns(depth));
            default -> {
                List<Variant> variants = new ArrayList<>();
                variants.add(Variant.of("none"));
                columns(depth).forEach(c -> variants.add(new Variant(c.name(), c.type(), c.nullable())));
                yield new SumType("s", variants);
            }
        };
    }

    private List<Column> columns(int depth) {
        List<Column> columns = new ArrayList<>();
        for (int i = random.nextInt(MAX_LIST); i > 0 && depth > 0; i--) {
            columns.add(new Column("c" + i, type(depth - 1), random.nextBoolean()));
        }
        return columns;
    }

    private Object value(ColumnType type) {
        return switch (type) {
            case ScalarType scalar -> scalar(scalar);
            case DecimalType decimal -> BigDecimal.valueOf(random.nextInt(1_000_000), 4);
            case VarcharType varchar -> text();
            case ArrayType array -> {
                List<Object> values = new ArrayList<>();
                for (int i = random.nextInt(MAX_LIST); i > 0; i--) {
                    values.add(value(array.element()));
                }
                yield values;
            }
            case RecordType record ->
                RecordValue.of(
                        record,
                        record.fields().stream().map(f -> value(f.type())).toArray());
            case SumType sum -> {
                Variant variant =
                        sum.variants().get(random.nextInt(sum.variants().size()));
                yield SumValue.of(sum, variant.name(), variant.payload() == null ? null : value(variant.payload()));
            }
        };
    }

    private Object scalar(ScalarType type) {
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case I8 -> (byte) random.nextInt();
            case I16 -> (short) random.nextInt();
            case I32 -> random.nextInt();
            case I64 -> random.nextLong();
            case I128 -> BigInteger.valueOf(random.nextLong()).shiftLeft(40);
            case I256 -> BigInteger.valueOf(random.nextLong()).shiftLeft(160);
            case U8 -> (short) random.nextInt(256);
            case U16 -> random.nextInt(65536);
            case U32 -> random.nextLong(1L << 32);
            case U64 -> BigInteger.valueOf(random.nextLong(Long.MAX_VALUE)).shiftLeft(1);
            case U128 -> BigInteger.valueOf(random.nextLong(Long.MAX_VALUE)).shiftLeft(60);
            case U256 -> BigInteger.valueOf(random.nextLong(Long.MAX_VALUE)).shiftLeft(190);
            case F32 -> random.nextFloat();
            case F64 -> random.nextDouble();
            case TEXT -> text();
            case BYTES -> row();
            case DATE -> LocalDate.ofEpochDay(random.nextInt(-100_000, 100_000));
            case TIME -> LocalTime.ofSecondOfDay(random.nextInt(86_400));
            case TIMESTAMP ->
                LocalDateTime.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000, ZoneOffset.UTC);
            case TIMESTAMPTZ -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1000L);
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case JSON -> new Json("{\"a\": " + random.nextInt() + "}");
            case INTERVAL -> new Interval(random.nextInt(), random.nextInt(), random.nextLong());
            case IDENTITY -> Identity.of("merapi", text() + random.nextInt());
            case CONNECTION_ID -> ConnectionId.random(random);
        };
    }

    private Result result() {
        return new Result(text(), rowType(), list(this::row), offset());
    }

    private RowType rowType() {
        return new RowType(list(() -> new Column(text(), type(2), random.nextBoolean())));
    }

    private RowChange change() {
        return switch (random.nextInt(3)) {
            case 0 -> new RowChange.Insert(row());
            case 1 -> new RowChange.Delete(row());
            default -> new RowChange.Update(row(), row());
        };
    }

    private ErrorInfo error() {
        Map<String, String> context = new LinkedHashMap<>();
        for (int i = random.nextInt(MAX_LIST); i > 0; i--) {
            context.put("key" + i, text());
        }
        return new ErrorInfo(
                random.nextInt(65536),
                text(),
                pick(ErrorCategory.values()),
                random.nextBoolean(),
                text(),
                text(),
                context,
                maybe(this::text),
                maybeInt());
    }

    private Position position() {
        return new Position(random.nextLong(), offset());
    }

    private long offset() {
        return random.nextLong() & Long.MAX_VALUE;
    }

    private int natural() {
        return random.nextInt() & Integer.MAX_VALUE;
    }

    private byte[] row() {
        byte[] row = new byte[random.nextInt(20)];
        random.nextBytes(row);
        return row;
    }

    private String text() {
        String letters = "abc xyz 'Ωß漢\uD83D\uDE00\u0000\n";
        int[] points = letters.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private OptionalInt maybeInt() {
        return random.nextBoolean() ? OptionalInt.of(natural()) : OptionalInt.empty();
    }

    private <T> @Nullable T maybe(Supplier<T> supplier) {
        return random.nextBoolean() ? supplier.get() : null;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> list(Supplier<T> supplier) {
        List<T> values = new ArrayList<>();
        for (int i = random.nextInt(MAX_LIST); i > 0; i--) {
            values.add(supplier.get());
        }
        return values;
    }
}
