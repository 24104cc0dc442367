package dev.merapi.codegen.emit;

import dev.merapi.codegen.model.JavaName;
import dev.merapi.codegen.model.ModuleModel;
import dev.merapi.codegen.model.Shape;
import dev.merapi.codegen.model.Shape.RecordShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Writes a module out. */
public final class Emitter {
    /** What the generated code calls its author. */
    private static final String GENERATOR = "merapi-codegen";

    private Emitter() {}

    /** All files of a module, each class in one of its own. */
    public static List<GeneratedFile> emit(ModuleModel module) {
        List<GeneratedFile> files = new ArrayList<>();
        for (Shape shape : module.shapes()) {
            if (needsCodec(shape)) {
                files.add(new CodecEmitter(module, shape).emit());
            }
        }
        for (int number = 0; number < module.tables().size(); number++) {
            files.add(new TableEmitter(module, module.tables().get(number), number).emit());
        }
        files.add(new DbEmitter(module).emit());
        files.add(new DescriptorEmitter(module).emit());
        return files;
    }

    /**
     * Empty classes in place of those that are generated for a faultless module, so that the compiler complains of the
     * fault alone and not of each use of what is missing.
     */
    public static List<GeneratedFile> placeholders(Collection<JavaName> names) {
        return names.stream().map(Emitter::placeholder).toList();
    }

    private static GeneratedFile placeholder(JavaName name) {
        JavaFile file = new JavaFile(name, Set.of());
        file.line("/** Stands for what is generated once the module has no faults. */");
        file.line("public final class %s {", name.simple());
        file.line("}");
        return file.finish("The module has faults: see the messages of the compiler.");
    }

    /** A variant without components is its tag alone. */
    private static boolean needsCodec(Shape shape) {
        return !(shape instanceof RecordShape row && row.fields().isEmpty());
    }

    static void generated(ModuleModel module, JavaFile file) {
        file.line("@%s(\"%s\")", Types.GENERATED, GENERATOR);
    }

    static String comment(ModuleModel module) {
        return "Generated from the sources of module " + module.name() + ": change those.";
    }
}
