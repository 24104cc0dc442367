package dev.merapi.codegen.processor;

import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;

/** Tells the author what is wrong, where, and what to do; the same thing once. */
final class Problems {
    private final Messager messager;
    private final Set<String> told = new HashSet<>();
    private int count;

    Problems(Messager messager) {
        this.messager = messager;
    }

    /** Reports an error: {@code what is wrong: what to do}. */
    void error(Element at, String format, Object... parts) {
        String message = parts.length == 0 ? format : format.formatted(parts.clone());
        count++;
        if (told.add(at + "@" + System.identityHashCode(at) + message)) {
            messager.printError(message, at);
        }
    }

    int count() {
        return count;
    }
}
