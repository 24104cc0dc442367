package dev.merapi.codegen.emit;

import dev.merapi.codegen.model.ModuleModel;
import dev.merapi.codegen.model.TableModel;
import java.util.Set;

/** Writes {@code Db}: one accessor per table. */
final class DbEmitter {
    private final ModuleModel module;
    private final JavaFile file;

    DbEmitter(ModuleModel module) {
        this.module = module;
        file = new JavaFile(module.db(), Set.of());
    }

    GeneratedFile emit() {
        file.line("/** The tables of module {@code %s}, for use during a call. */", module.name());
        Emitter.generated(module, file);
        file.line("public final class Db {");
        for (TableModel table : module.tables()) {
            file.line("private final %s %s;", module.generated(table.handleName()), table.accessor());
        }
        if (!module.tables().isEmpty()) {
            file.gap();
        }
        file.line("Db(%s store) {", Types.ROW_STORE);
        for (TableModel table : module.tables()) {
            file.line("this.%s = new %s(store);", table.accessor(), module.generated(table.handleName()));
        }
        file.line("}");
        for (TableModel table : module.tables()) {
            file.gap();
            file.line("/** Table {@code %s}. */", table.name());
            file.line("%s%s %s() {", table.modifier(), module.generated(table.handleName()), table.accessor());
            file.line("return %s;", table.accessor());
            file.line("}");
        }
        file.line("}");
        return file.finish(Emitter.comment(module));
    }
}
