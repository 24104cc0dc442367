package dev.merapi.examples.transfer;

import static dev.merapi.api.module.Visibility.PUBLIC;

import dev.merapi.api.module.PrimaryKey;
import dev.merapi.api.module.Table;
import dev.merapi.api.module.Unsigned;

/** An account and what is on it, which is never negative. */
@Table(name = "accounts", visibility = PUBLIC)
public record Account(@PrimaryKey @Unsigned int id, long balance) {
    /** The account after something came in, or (negative) went out. */
    Account plus(long amount) {
        return new Account(id, Math.addExact(balance, amount));
    }
}
