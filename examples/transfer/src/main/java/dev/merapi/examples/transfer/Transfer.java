package dev.merapi.examples.transfer;

import dev.merapi.api.module.Module;
import dev.merapi.api.module.Reducer;
import dev.merapi.api.module.ReducerContext;
import dev.merapi.api.module.ReducerException;
import dev.merapi.api.module.Unsigned;

/** The workload of the benchmark: two reads and two updates per call, and a sum that never changes. */
@Module("transfer")
public final class Transfer {
    private Transfer() {}

    /** Begins anew with {@code n} accounts, numbered from 0, each with the same balance. */
    @Reducer
    static void seed(ReducerContext<Db> ctx, @Unsigned int n, long initialBalance) {
        AccountsTable accounts = ctx.db().accounts();
        accounts.clear();
        for (int id = 0; Integer.compareUnsigned(id, n) < 0; id++) {
            accounts.insert(new Account(id, initialBalance));
        }
    }

    // tag::transfer[]
    /** Moves money from one account to another. */
    @Reducer
    static void transfer(ReducerContext<Db> ctx, @Unsigned int from, @Unsigned int to, long amount) {
        if (from == to) {
            throw new ReducerException("same_account");
        }
        if (amount <= 0) {
            throw new ReducerException("non_positive_amount");
        }
        AccountsTable.IdKey accounts = ctx.db().accounts().id();
        Account source = accounts.find(from).orElseThrow(() -> new ReducerException("account_missing"));
        Account target = accounts.find(to).orElseThrow(() -> new ReducerException("account_missing"));
        if (source.balance() < amount) {
            throw new ReducerException("insufficient_funds");
        }
        accounts.update(source.plus(-amount));
        accounts.update(target.plus(amount));
    }
    // end::transfer[]
}
