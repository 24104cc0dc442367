import org.jspecify.annotations.NullMarked;

/** The compiler's side of modules: checks them and writes their codecs, table handles and descriptors. */
@NullMarked
module dev.merapi.codegen {
    requires transitive dev.merapi.api;
    requires java.compiler;
    requires static transitive org.jspecify;

    exports dev.merapi.codegen.emit;
    exports dev.merapi.codegen.model;

    provides javax.annotation.processing.Processor with
            dev.merapi.codegen.processor.ModuleProcessor;
}
