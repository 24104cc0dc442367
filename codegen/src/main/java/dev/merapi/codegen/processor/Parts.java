package dev.merapi.codegen.processor;

import dev.merapi.api.module.AutoInc;
import dev.merapi.api.module.Default;
import dev.merapi.api.module.Index;
import dev.merapi.api.module.Module;
import dev.merapi.api.module.PrimaryKey;
import dev.merapi.api.module.Table;
import dev.merapi.api.module.Unique;
import dev.merapi.codegen.model.JavaName;
import dev.merapi.codegen.model.Names;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * The annotated elements of a compilation.
 *
 * @param modules classes annotated {@code @Module}
 * @param tables types annotated {@code @Table}
 * @param functions methods and constants annotated as functions
 * @param columns components and records annotated as keys and the like
 * @param roots the outer types of the compilation by name, for telling which names are taken
 */
record Parts(
        List<TypeElement> modules,
        List<TypeElement> tables,
        List<Element> functions,
        List<Element> columns,
        Map<String, TypeElement> roots) {
    /** Every annotation that has to do with a module but {@code @Module}. */
    static final List<Class<? extends Annotation>> COLUMN_ANNOTATIONS =
            List.of(PrimaryKey.class, Unique.class, Index.class, AutoInc.class, Default.class);

    static Parts of(RoundEnvironment round) {
        Set<Element> functions = new LinkedHashSet<>();
        for (Class<? extends Annotation> annotation : Annotations.FUNCTIONS) {
            functions.addAll(round.getElementsAnnotatedWith(annotation));
        }
        Set<Element> tables = new LinkedHashSet<>(round.getElementsAnnotatedWith(Table.class));
        tables.addAll(round.getElementsAnnotatedWith(Table.Several.class));
        Set<Element> columns = new LinkedHashSet<>();
        for (Class<? extends Annotation> annotation : COLUMN_ANNOTATIONS) {
            columns.addAll(round.getElementsAnnotatedWith(annotation));
        }
        columns.addAll(round.getElementsAnnotatedWith(Unique.Several.class));
        columns.addAll(round.getElementsAnnotatedWith(Index.Several.class));
        Map<String, TypeElement> roots = new HashMap<>();
        ElementFilter.typesIn(round.getRootElements())
                .forEach(type -> roots.put(type.getQualifiedName().toString(), type));
        return new Parts(
                sorted(ElementFilter.typesIn(round.getElementsAnnotatedWith(Module.class))),
                sorted(ElementFilter.typesIn(tables)),
                List.copyOf(functions),
                List.copyOf(columns),
                roots);
    }

    /** Whether there is anything to do. */
    boolean isEmpty() {
        return modules.isEmpty() && tables.isEmpty() && functions.isEmpty();
    }

    /** Some element of a module. */
    Element first() {
        return tables.isEmpty() ? functions.getFirst() : tables.getFirst();
    }

    /** The classes the author's code may name although they are still to be generated. */
    Set<JavaName> promised(String packageName) {
        Set<JavaName> names = new TreeSet<>(Set.of(new JavaName(packageName, "Db")));
        for (TypeElement type : tables) {
            for (Table table : type.getAnnotationsByType(Table.class)) {
                String name = table.name().isEmpty()
                        ? Names.toSql(type.getSimpleName().toString())
                        : table.name();
                if (Names.isSqlName(name)) {
                    names.add(new JavaName(packageName, Names.toClass(name) + "Table"));
                }
            }
        }
        names.removeIf(name -> roots.containsKey(name.qualified()));
        return names;
    }

    /** All elements generated code follows from. */
    Element[] origins() {
        List<Element> origins = new ArrayList<>(modules);
        origins.addAll(tables);
        origins.addAll(functions);
        return origins.toArray(Element[]::new);
    }

    private static List<TypeElement> sorted(Set<TypeElement> types) {
        return types.stream()
                .sorted(Comparator.comparing(type -> type.getQualifiedName().toString()))
                .toList();
    }
}
