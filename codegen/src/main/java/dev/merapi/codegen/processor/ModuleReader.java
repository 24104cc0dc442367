package dev.merapi.codegen.processor;

import dev.merapi.api.module.Module;
import dev.merapi.api.module.Procedure;
import dev.merapi.api.module.Reducer;
import dev.merapi.api.module.Visibility;
import dev.merapi.api.module.spi.FunctionDescriptor.Kind;
import dev.merapi.codegen.model.FunctionModel;
import dev.merapi.codegen.model.JavaName;
import dev.merapi.codegen.model.ModuleModel;
import dev.merapi.codegen.model.Names;
import dev.merapi.codegen.model.Place;
import dev.merapi.codegen.model.TableModel;
import dev.merapi.codegen.model.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Reads a whole module: finds its parts, has each read, and checks what they have to do with each other. */
final class ModuleReader {
    private final Problems problems;
    private final Map<TableModel, TypeElement> tables = new LinkedHashMap<>();
    private final Map<FunctionModel, Element> functions = new LinkedHashMap<>();

    ModuleReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads the module of a compilation.
     *
     * @return empty if anything is wrong with it
     */
    Optional<ModuleModel> read(Parts parts) {
        Optional<TypeElement> module = module(parts);
        if (module.isEmpty()) {
            return Optional.empty();
        }
        JavaName name = Reach.nameOf(module.get());
        Reach reach = new Reach(name.packageName());
        TypeReader types = new TypeReader(problems, reach);
        TableReader tableReader = new TableReader(problems, types.shapes());
        for (TypeElement type : parts.tables()) {
            tableReader.read(type).forEach(table -> tables.put(table, type));
        }
        FunctionReader functionReader = new FunctionReader(problems, reach, types);
        for (Element element : parts.functions()) {
            functionReader.read(element).ifPresent(function -> functions.put(function, element));
        }
        checkNames();
        checkLifecycle();
        List<TableModel> finished = new ArrayList<>();
        tables.forEach((table, type) -> finished.add(schedule(table, type, parts)));
        finished.sort(Comparator.comparing(TableModel::name));
        List<FunctionModel> sorted = functions.keySet().stream()
                .sorted(Comparator.comparing(FunctionModel::name).thenComparing(FunctionModel::kind))
                .toList();
        ModuleModel model = new ModuleModel(
                module.get().getAnnotation(Module.class).value(),
                name,
                finished,
                sorted,
                types.shapes().all());
        if (problems.count() == 0) {
            new GeneratedNames(problems, model, parts)
                    .check(module.get(), types.shapes().elements());
        }
        return problems.count() == 0 ? Optional.of(model) : Optional.empty();
    }

    private Optional<TypeElement> module(Parts parts) {
        if (parts.modules().isEmpty()) {
            problems.error(
                    parts.first(),
                    "no class is annotated @Module, so this belongs to nothing: annotate one class of the compilation,"
                            + " as in @Module(\"chat\") public final class Chat {}");
            return Optional.empty();
        }
        TypeElement module = parts.modules().getFirst();
        for (TypeElement other : parts.modules().subList(1, parts.modules().size())) {
            problems.error(
                    other,
                    "%s is the module of this compilation already: leave @Module out here, or compile it apart",
                    module.getQualifiedName());
        }
        String name = module.getAnnotation(Module.class).value();
        if (!Names.isModuleName(name)) {
            problems.error(
                    module,
                    "\"%s\" cannot be the name of a database: use a lower-case letter, then lower-case letters, digits,"
                            + " hyphens and underscores, at most 63",
                    name);
        }
        if (Reach.nameOf(module).packageName().isEmpty()) {
            problems.error(module, "%s has no package, and what is generated needs one: move it into one", module);
            return Optional.empty();
        }
        return Optional.of(module);
    }

    // ---- names

    private void checkNames() {
        Map<String, String> relations = new HashMap<>();
        tables.forEach((table, type) -> claim(relations, Names.toMethod(table.name()), table.name(), "table", type));
        Map<String, String> callable = new HashMap<>();
        functions.forEach((function, element) -> {
            boolean view = function.kind().isView();
            claim(
                    view ? relations : callable,
                    Names.toMethod(function.name()),
                    function.name(),
                    view ? "view" : "function",
                    element);
        });
    }

    private void claim(Map<String, String> taken, String javaName, String name, String what, Element at) {
        String other = taken.putIfAbsent(javaName, what + " " + name);
        if (other != null) {
            problems.error(
                    at,
                    other.endsWith(" " + name)
                            ? "there is a %1$s already: give one of the two another name, by name = \"…\""
                            : "%1$s and %2$s %3$s are both %4$s in Java: give one of them another name, by name ="
                                    + " \"…\"",
                    other,
                    what,
                    name,
                    javaName);
        }
    }

    private void checkLifecycle() {
        Map<Kind, FunctionModel> first = new HashMap<>();
        functions.forEach((function, element) -> {
            Kind kind = function.kind();
            if (kind.isReducer() && kind != Kind.REDUCER) {
                FunctionModel other = first.putIfAbsent(kind, function);
                if (other != null) {
                    problems.error(
                            element,
                            "%s does that already, and a module does it once: call both from one method",
                            other.method());
                }
            }
        });
    }

    // ---- schedules

    /** Finds the function a table schedules, by its Java name. */
    private TableModel schedule(TableModel table, TypeElement type, Parts parts) {
        if (!(table.kind() instanceof TableModel.Scheduled scheduled)) {
            return table;
        }
        String method = scheduled.function();
        List<FunctionModel> found = functions.keySet().stream()
                .filter(function ->
                        function.method().equals(method) && function.kind().isCallable())
                .toList();
        boolean reported = parts.functions().stream()
                .anyMatch(
                        element -> element.getSimpleName().contentEquals(method) && !functions.containsValue(element));
        if (found.size() != 1) {
            if (!reported) {
                problems.error(
                        type,
                        "%s schedules %s, and there %s: name the method of one reducer or procedure",
                        table.row().javaName().simple(),
                        method,
                        found.isEmpty() ? "is none" : "are several");
            }
            return table;
        }
        FunctionModel function = found.getFirst();
        if (!takesRow(function, table)) {
            problems.error(
                    element(function),
                    "%s is scheduled by %s, whose rows it takes: make %s its only parameter behind the context",
                    method,
                    table.name(),
                    table.row().javaName().simple());
        }
        makePrivate(function);
        return new TableModel(
                table.name(),
                table.visibility(),
                table.row(),
                table.columns(),
                table.indexes(),
                new TableModel.Scheduled(function.name(), scheduled.atColumn()));
    }

    private static boolean takesRow(FunctionModel function, TableModel table) {
        if (function.parameters().size() != 1) {
            return false;
        }
        Place place = function.parameters().getFirst().place();
        return !place.isNullable()
                && place.type() instanceof ValueType.ShapeValue value
                && value.shape().equals(table.row());
    }

    /** What time calls, clients do not, unless the author says so. */
    private void makePrivate(FunctionModel function) {
        Element element = element(function);
        boolean written = Annotations.isWritten(element, Reducer.class, "visibility")
                || Annotations.isWritten(element, Procedure.class, "visibility");
        if (!written) {
            functions.remove(function);
            functions.put(
                    new FunctionModel(
                            function.name(),
                            function.kind(),
                            Visibility.PRIVATE,
                            function.owner(),
                            function.method(),
                            function.parameters(),
                            function.result(),
                            function.sql()),
                    element);
        }
    }

    private Element element(FunctionModel function) {
        Element element = functions.get(function);
        if (element == null) {
            throw new IllegalStateException("nobody declared " + function.name());
        }
        return element;
    }
}
