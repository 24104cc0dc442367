package dev.merapi.codegen.processor;

import dev.merapi.api.module.ClientConnected;
import dev.merapi.api.module.ClientDisconnected;
import dev.merapi.api.module.Init;
import dev.merapi.api.module.Procedure;
import dev.merapi.api.module.Reducer;
import dev.merapi.api.module.View;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/** Questions about annotations. */
final class Annotations {
    /** Those that make something a function. */
    static final List<Class<? extends Annotation>> FUNCTIONS = List.of(
            Reducer.class, Init.class, ClientConnected.class, ClientDisconnected.class, View.class, Procedure.class);

    /** Whatever library it comes from: they all mean the same. */
    private static final Set<String> NULLABLE = Set.of("Nullable", "CheckForNull");

    private Annotations() {}

    static boolean has(AnnotatedConstruct construct, Class<? extends Annotation> annotation) {
        return construct.getAnnotation(annotation) != null;
    }

    /** Whether an element of the annotation is written and not its default. */
    static boolean isWritten(Element at, Class<? extends Annotation> annotation, String name) {
        for (AnnotationMirror mirror : at.getAnnotationMirrors()) {
            if (mirror.getAnnotationType().toString().equals(annotation.getCanonicalName())) {
                for (ExecutableElement element : mirror.getElementValues().keySet()) {
                    if (element.getSimpleName().contentEquals(name)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether it is marked as possibly absent, by any library's annotation. */
    static boolean isNullable(AnnotatedConstruct construct) {
        return construct.getAnnotationMirrors().stream()
                .map(mirror -> mirror.getAnnotationType().asElement().getSimpleName())
                .anyMatch(name -> NULLABLE.contains(name.toString()));
    }
}
