package dev.merapi.codegen.emit;

import dev.merapi.codegen.model.JavaName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Java file in the making. Lines are indented by the braces they end and begin with; types are imported when they are
 * first named, unless another type of the same simple name was there before, and then written in full.
 */
final class JavaFile {
    private static final String INDENT = "    ";

    /** Begins a line that goes on with the one before. */
    private static final String CONTINUED = "\n" + INDENT + INDENT;

    /** Without the indentation. */
    private static final int MAX_LENGTH = 92;

    private final JavaName name;
    private final Map<String, JavaName> simpleNames = new HashMap<>();
    private final Set<JavaName> imports = new TreeSet<>();
    private final StringBuilder body = new StringBuilder();
    private int depth;

    /** @param nested simple names of the types the file declares itself, besides its class */
    JavaFile(JavaName name, Set<String> nested) {
        this.name = name;
        simpleNames.put(name.simple(), name);
        nested.forEach(type -> simpleNames.put(type, new JavaName(name.qualified(), type)));
    }

    /** A type as this file has to write it. */
    String type(JavaName type) {
        JavaName outermost = type.outermost();
        JavaName known = simpleNames.putIfAbsent(outermost.simple(), outermost);
        if (known != null && !known.equals(outermost)) {
            return type.qualified();
        }
        boolean near = outermost.packageName().equals(name.packageName())
                || outermost.packageName().equals("java.lang");
        if (!near) {
            imports.add(outermost);
        }
        return type.name();
    }

    /**
     * Adds a line.
     *
     * @param format with {@code %s} for each part; a {@link JavaName} among the parts is imported
     */
    JavaFile line(String format, Object... parts) {
        Object[] written = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            written[i] = parts[i] instanceof JavaName type ? type(type) : parts[i];
        }
        String line = parts.length == 0 ? format : format.formatted(written);
        if (line.startsWith("}")) {
            depth--;
        }
        if (!line.isEmpty()) {
            String indent = INDENT.repeat(depth);
            body.append(indent).append(line.replace("\n", "\n" + indent));
        }
        body.append('\n');
        if (line.endsWith("{")) {
            depth++;
        }
        return this;
    }

    /** A list between its brackets: on one line, or one item per line where that would be too long. */
    static String wrapped(String head, List<String> items, String tail) {
        String line = head + String.join(", ", items) + tail;
        if (line.length() <= MAX_LENGTH && line.indexOf('\n') < 0) {
            return line;
        }
        return items.stream()
                .map(item -> CONTINUED + item.replace("\n", CONTINUED))
                .collect(Collectors.joining(",", head, tail));
    }

    /** Adds an empty line. */
    JavaFile gap() {
        return line("");
    }

    /** The file, with a comment on top of everything. */
    GeneratedFile finish(String comment) {
        StringBuilder text = new StringBuilder();
        text.append("// ").append(comment).append('\n');
        text.append("package ").append(name.packageName()).append(";\n\n");
        for (JavaName type : imports) {
            text.append("import ").append(type.qualified()).append(";\n");
        }
        return new GeneratedFile(
                name, text.append(imports.isEmpty() ? "" : "\n").append(body).toString());
    }
}
