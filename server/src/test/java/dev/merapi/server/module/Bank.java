package dev.merapi.server.module;

import dev.merapi.api.module.ReducerContext;
import dev.merapi.api.module.ReducerException;
import dev.merapi.api.module.Visibility;
import dev.merapi.api.module.spi.FunctionCall;
import dev.merapi.api.module.spi.FunctionDescriptor;
import dev.merapi.api.module.spi.FunctionDescriptor.Kind;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.module.spi.RowStore;
import dev.merapi.api.module.spi.TableDescriptor;
import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnDefinition;
import dev.merapi.api.schema.IndexDefinition;
import dev.merapi.api.schema.PrimaryKey;
import dev.merapi.api.schema.ScalarType;
import dev.merapi.api.value.BsatnReader;
import dev.merapi.api.value.BsatnWriter;
import dev.merapi.api.value.ScheduleAt;
import java.util.ArrayList;
import java.util.List;

/**
 * A module as the annotation processor would write it: accounts, whose money is moved, and a ledger of the moves and of
 * those who come (a million) and go (two millions).
 *
 * @param columns of the ledger, behind its id
 */
record Bank(List<ColumnDefinition> columns) implements ModuleDescriptor<RowStore> {
    static final int ACCOUNTS = 0;
    static final int LEDGER = 1;
    private static final int STANDING = 7;

    Bank() {
        this(List.of(ColumnDefinition.of(Column.required("amount", ScalarType.I64))));
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public String name() {
        return "bank";
    }

    @Override
    public List<TableDescriptor> tables() {
        List<ColumnDefinition> ledger = new ArrayList<>();
        ledger.add(new ColumnDefinition(Column.required("id", ScalarType.U64), null, true));
        ledger.addAll(columns);
        return List.of(
                table(
                        "accounts",
                        List.of(
                                ColumnDefinition.of(Column.required("id", ScalarType.U32)),
                                ColumnDefinition.of(Column.required("balance", ScalarType.I64))),
                        TableDescriptor.STORED),
                table("ledger", ledger, TableDescriptor.STORED),
                table(
                        "orders",
                        List.of(
                                new ColumnDefinition(Column.required("id", ScalarType.U64), null, true),
                                ColumnDefinition.of(Column.required("at", ScheduleAt.TYPE)),
                                ColumnDefinition.of(Column.required("amount", ScalarType.I64))),
                        new TableDescriptor.Scheduled(STANDING, 1)));
    }

    private static TableDescriptor table(String name, List<ColumnDefinition> columns, TableDescriptor.Kind kind) {
        return new TableDescriptor(
                name,
                Visibility.PUBLIC,
                columns,
                List.of(new IndexDefinition(0, name + "_pkey", List.of(0), true, IndexDefinition.Kind.HASH)),
                new PrimaryKey(name + "_pkey", 0),
                kind);
    }

    @Override
    public List<FunctionDescriptor> functions() {
        return List.of(
                FunctionDescriptor.lifecycle("open", Kind.INIT),
                FunctionDescriptor.reducer(
                        "transfer",
                        Visibility.PUBLIC,
                        Column.required("from", ScalarType.U32),
                        Column.required("to", ScalarType.U32),
                        Column.required("amount", ScalarType.I64)),
                FunctionDescriptor.reducer("crash", Visibility.PUBLIC),
                FunctionDescriptor.reducer("close", Visibility.PRIVATE),
                FunctionDescriptor.lifecycle("connected", Kind.CLIENT_CONNECTED),
                FunctionDescriptor.lifecycle("disconnected", Kind.CLIENT_DISCONNECTED),
                FunctionDescriptor.procedure(
                        "donate",
                        Visibility.PUBLIC,
                        Column.required("rest", ScalarType.I64),
                        Column.required("from", ScalarType.U32)),
                FunctionDescriptor.reducer(
                        "pay",
                        Visibility.PRIVATE,
                        Column.required("id", ScalarType.U64),
                        Column.required("at", ScheduleAt.TYPE),
                        Column.required("amount", ScalarType.I64)));
    }

    @Override
    public RowStore db(RowStore rows) {
        return rows;
    }

    @Override
    public FunctionCall.OfReducer<RowStore> reducer(int function, BsatnReader in) {
        return switch (function) {
            case 0 ->
                context -> {
                    for (int id = 1; id <= 10; id++) {
                        context.db().insert(ACCOUNTS, account(id, 100));
                    }
                };
            case 1 -> {
                int from = in.getInt();
                int to = in.getInt();
                long amount = in.getLong();
                in.expectEnd();
                yield context -> transfer(context.db(), from, to, amount);
            }
            case 2 ->
                context -> {
                    context.db().clear(LEDGER);
                    throw new IllegalStateException("a mistake");
                };
            case 3 -> context -> context.db().clear(ACCOUNTS);
            case 4 ->
                context -> {
                    if ("intruder".equals(context.claims().get("name"))) {
                        throw new ReducerException("not here");
                    }
                    context.db()
                            .insert(
                                    LEDGER,
                                    new BsatnWriter()
                                            .putLong(0)
                                            .putLong(1_000_000)
                                            .toByteArray());
                };
            case 5 ->
                context -> context.db()
                        .insert(
                                LEDGER,
                                new BsatnWriter().putLong(0).putLong(2_000_000).toByteArray());
            case STANDING -> {
                in.getLong();
                in.skip(1 + Long.BYTES);
                long amount = in.getLong();
                in.expectEnd();
                yield context -> pay(context, amount);
            }
            default -> throw new IllegalArgumentException("function " + function);
        };
    }

    /** A standing order: from the first account to the second. Only the database itself may give it. */
    private static void pay(ReducerContext<RowStore> context, long amount) {
        if (!context.sender().equals(context.databaseIdentity())) {
            throw new ReducerException("not_scheduled");
        }
        transfer(context.db(), 1, 2, amount);
    }

    private static void transfer(RowStore db, int from, int to, long amount) {
        db.insert(LEDGER, new BsatnWriter().putLong(0).putLong(amount).toByteArray());
        move(db, from, -amount);
        move(db, to, amount);
    }

    private static void move(RowStore db, int id, long amount) {
        long balance = balance(db, id) + amount;
        if (balance < 0) {
            throw new ReducerException("insufficient_funds");
        }
        db.update(ACCOUNTS, account(id, balance));
    }

    static byte[] account(int id, long balance) {
        return new BsatnWriter().putInt(id).putLong(balance).toByteArray();
    }

    static byte[] transferOf(int from, int to, long amount) {
        return new BsatnWriter().putInt(from).putInt(to).putLong(amount).toByteArray();
    }

    @Override
    public FunctionCall.OfView<RowStore> view(int function) {
        throw new UnsupportedOperationException();
    }

    /** Gives away the money of an account, ten at a time, until it is gone; returns what is left. */
    @Override
    public FunctionCall.OfProcedure<RowStore> procedure(int function, BsatnReader in) {
        int from = in.getInt();
        in.expectEnd();
        return (context, result) -> {
            try {
                while (true) {
                    context.run(transaction -> transfer(transaction.db(), from, 10, 30));
                }
            } catch (ReducerException e) {
                result.putLong(context.transaction(transaction -> balance(transaction.db(), from)));
            }
        };
    }

    private static long balance(RowStore db, int id) {
        byte[] row = db.find(ACCOUNTS, 0, id);
        if (row == null) {
            throw new ReducerException("account_missing");
        }
        return new BsatnReader(row, Integer.BYTES, Long.BYTES).getLong();
    }
}
