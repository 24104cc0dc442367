package dev.merapi.codegen.processor;

import dev.merapi.codegen.model.JavaName;
import dev.merapi.codegen.model.ModuleModel;
import dev.merapi.codegen.model.Shape;
import dev.merapi.codegen.model.TableModel;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.TypeElement;

/** Checks that no two generated classes, and no class of the author's, want the same name. */
final class GeneratedNames {
    private final Problems problems;
    private final ModuleModel module;
    private final Parts parts;
    private final Map<JavaName, String> taken = new HashMap<>();
    private final Map<String, Shape> sqlNames = new HashMap<>();

    GeneratedNames(Problems problems, ModuleModel module, Parts parts) {
        this.problems = problems;
        this.module = module;
        this.parts = parts;
    }

    /**
     * Checks the names of a module that is otherwise without fault.
     *
     * @param types where the types are declared
     */
    void check(TypeElement host, Map<Shape, TypeElement> types) {
        claim(host, module.db(), "the tables of the module");
        claim(host, module.descriptor(), "the descriptor of the module");
        for (TableModel table : module.tables()) {
            claim(types.getOrDefault(table.row(), host), module.generated(table.handleName()), "table " + table.name());
        }
        for (Shape shape : module.shapes()) {
            TypeElement type = types.getOrDefault(shape, host);
            claim(type, module.codec(shape), "the codec of " + shape.javaName());
            Shape other = sqlNames.putIfAbsent(shape.sqlName(), shape);
            if (other != null) {
                problems.error(
                        type,
                        "%s and %s are both called %s in SQL: rename one of them",
                        other.javaName(),
                        shape.javaName(),
                        shape.sqlName());
            }
        }
    }

    private void claim(TypeElement at, JavaName name, String purpose) {
        String other = taken.putIfAbsent(name, purpose);
        TypeElement authors = parts.roots().get(name.qualified());
        if (other != null) {
            problems.error(at, "%s and %s would both be class %s: rename one of them", other, purpose, name.simple());
        } else if (authors != null) {
            problems.error(authors, "class %s is generated, for %s: rename this one", name.simple(), purpose);
        }
    }
}
