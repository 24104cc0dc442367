package dev.merapi.codegen.processor;

import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.module.spi.RowStore;

/** What a test does with a module; written beside the module and compiled with it, so that it can name its classes. */
public interface ModuleScenario {
    /** Runs on an empty store and throws what does not hold. */
    void run(ModuleDescriptor<?> descriptor, RowStore store) throws Exception;
}
