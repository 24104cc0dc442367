import org.jspecify.annotations.NullMarked;

/** SQL in; rows once, or deltas forever. */
@NullMarked
module dev.merapi.query {
    requires static transitive org.jspecify;
    requires transitive dev.merapi.api;
    requires transitive dev.merapi.store;
    requires calcite.core;
    requires com.google.common;
    requires com.github.benmanes.caffeine;
    requires tools.jackson.core;
    requires org.slf4j;

    exports dev.merapi.query;
    exports dev.merapi.query.live;
    exports dev.merapi.query.live.row;
    exports dev.merapi.query.live.upkeep;
    exports dev.merapi.query.system;
}
