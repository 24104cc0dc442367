package dev.merapi.server.module;

import dev.merapi.api.error.CodedException;
import dev.merapi.api.error.ErrorCode;
import dev.merapi.api.module.spi.FunctionDescriptor;
import dev.merapi.api.module.spi.ModuleDescriptor;
import dev.merapi.api.module.spi.TableDescriptor;
import java.util.ArrayList;
import java.util.List;

/** Whether this server can run a module at all. */
final class ModuleChecks {
    private ModuleChecks() {}

    /**
     * Refuses what cannot be run, all of it at once.
     *
     * @throws CodedException MODULE_UNSUPPORTED
     */
    static void requireRunnable(ModuleDescriptor<?> module) {
        if (module.spiVersion() != ModuleDescriptor.SPI_VERSION) {
            throw new CodedException(ErrorCode.MODULE_UNSUPPORTED, "module was compiled for another server")
                    .with("module", module.name())
                    .with("version", module.spiVersion())
                    .with("supported", ModuleDescriptor.SPI_VERSION)
                    .hint("compile it again with the annotation processor of this release");
        }
        List<String> unsupported = new ArrayList<>();
        for (TableDescriptor table : module.tables()) {
            switch (table.kind()) {
                case TableDescriptor.Stored stored -> {}
                case TableDescriptor.Event event -> unsupported.add("event table " + table.name());
                case TableDescriptor.Scheduled(int function, int atColumn) -> {
                    if (!module.functions().get(function).kind().isReducer()) {
                        unsupported.add("scheduled procedure of table " + table.name());
                    }
                }
            }
        }
        for (FunctionDescriptor function : module.functions()) {
            if (function.kind().isView()) {
                unsupported.add(function.kind() + " " + function.name());
            }
        }
        if (!unsupported.isEmpty()) {
            throw new CodedException(ErrorCode.MODULE_UNSUPPORTED, "module has parts this server does not run")
                    .with("module", module.name())
                    .with("parts", unsupported)
                    .hint("leave them out for now");
        }
    }
}
