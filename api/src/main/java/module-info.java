import org.jspecify.annotations.NullMarked;

/** The shared vocabulary of Merapi: values, schemas and errors. No I/O, no threads, no logging. */
@NullMarked
module dev.merapi.api {
    requires static transitive org.jspecify;

    exports dev.merapi.api.error;
    exports dev.merapi.api.module;
    exports dev.merapi.api.module.spi;
    exports dev.merapi.api.schema;
    exports dev.merapi.api.text;
    exports dev.merapi.api.value;
}
