package dev.merapi.testing.system.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One Java file as the compiler's parser sees it. Class files know too little for these rules: neither where a method
 * ends nor what was a comment.
 */
record JavaSource(Path file, CompilationUnitTree tree, SourcePositions positions) {
    private static final List<JavaSource> ALL = parse(Project.files("java"));

    /** Something with a first and a last line. */
    record Extent(String name, long firstLine, long lastLine, List<String> annotations) {
        long lines() {
            return lastLine - firstLine + 1;
        }
    }

    static List<JavaSource> all() {
        return ALL;
    }

    static List<JavaSource> main() {
        return ALL.stream().filter(source -> !source.isTest()).toList();
    }

    static List<JavaSource> tests() {
        return ALL.stream().filter(JavaSource::isTest).toList();
    }

    boolean isTest() {
        return file.toString().contains("src/test/");
    }

    /** A package-info or a module-info, which declares no type. */
    boolean isInfo() {
        return name().endsWith("-info");
    }

    /** The name of the file without its extension. */
    String name() {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ".java".length());
    }

    Path folder() {
        Path folder = file.getParent();
        return folder == null ? Path.of("") : folder;
    }

    boolean isIn(String packagePath) {
        return file.toString().contains("src/main/java/" + packagePath + "/");
    }

    List<Extent> topLevelTypes() {
        List<Extent> types = new ArrayList<>();
        for (Tree declaration : tree.getTypeDecls()) {
            if (declaration instanceof ClassTree type) {
                types.add(extent(type.getSimpleName().toString(), type, List.of()));
            }
        }
        return types;
    }

    /** All methods with a body, also those of nested and local classes; from the opening brace to the closing one. */
    List<Extent> methods() {
        List<Extent> methods = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                if (method.getBody() != null) {
                    List<String> annotations = method.getModifiers().getAnnotations().stream()
                            .map(annotation -> annotation.getAnnotationType().toString())
                            .toList();
                    methods.add(extent(method.getName().toString(), method.getBody(), annotations));
                }
                return super.visitMethod(method, null);
            }
        }.scan(tree, null);
        return methods;
    }

    /** The lines of blocks that take a monitor. */
    List<Long> synchronizedBlocks() {
        List<Long> lines = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitSynchronized(SynchronizedTree block, Void nothing) {
                lines.add(line(positions.getStartPosition(tree, block)));
                return super.visitSynchronized(block, null);
            }
        }.scan(tree, null);
        return lines;
    }

    private Extent extent(String name, Tree part, List<String> annotations) {
        long first = line(positions.getStartPosition(tree, part));
        long last = line(positions.getEndPosition(tree, part));
        return new Extent(name, first, last, annotations);
    }

    private long line(long position) {
        return tree.getLineMap().getLineNumber(position);
    }

    private static List<JavaSource> parse(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> absolute = files.stream().map(Project.ROOT::resolve).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(absolute));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<JavaSource> sources = new ArrayList<>();
            for (CompilationUnitTree tree : task.parse()) {
                Path file = Project.ROOT.relativize(Path.of(tree.getSourceFile().toUri()));
                sources.add(new JavaSource(file, tree, positions));
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot parse the sources", e);
        }
    }
}
