import org.jspecify.annotations.NullMarked;

/** Tables in memory, transactions, commit log. */
@NullMarked
module dev.merapi.store {
    requires static transitive org.jspecify;
    requires transitive dev.merapi.api;

    exports dev.merapi.store;
    exports dev.merapi.store.log;
}
