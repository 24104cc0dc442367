package dev.merapi.codegen.processor;

import dev.merapi.api.module.spi.ModuleDescriptor;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;

/**
 * Sources run through javac with the processor, in this process.
 *
 * @param problems errors and warnings, in the order of their lines
 * @param generated what the processor wrote, by file name
 * @param classes where the compiled classes are
 */
record Compilation(List<Problem> problems, Map<String, String> generated, Path classes) {
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    /** What the compiler said, and about which line of which file. */
    record Problem(String file, long line, String message) {}

    /** What a module is compiled with. */
    private static final String CLASS_PATH = Stream.of(
                    ModuleDescriptor.class, ModuleScenario.class, NullMarked.class, Assertions.class)
            .map(Compilation::location)
            .collect(Collectors.joining(File.pathSeparator));

    /** Compiles with every warning of javac an error. */
    static Compilation of(Path folder, List<JavaFileObject> sources, String... moreOptions) {
        Path generated = folder.resolve("generated");
        Path classes = folder.resolve("classes");
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = JAVAC.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            Files.createDirectories(generated);
            Files.createDirectories(classes);
            files.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(generated));
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            List<String> options = new ArrayList<>(List.of(
                    "-classpath", CLASS_PATH, "-Xlint:all,-processing,-auxiliaryclass,-classfile,-path", "-Werror"));
            options.addAll(List.of(moreOptions));
            JavaCompiler.CompilationTask task = JAVAC.getTask(null, files, diagnostics, options, null, sources);
            task.setProcessors(List.of(new ModuleProcessor()));
            task.setLocale(Locale.ROOT);
            task.call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Compilation(problems(diagnostics.getDiagnostics()), read(generated), classes);
    }

    /** Compiles once more with the classes of the first time on the class path, as a build tool may. */
    static Compilation over(Compilation first, Path folder, List<JavaFileObject> sources) {
        return of(folder, sources, "-classpath", CLASS_PATH + File.pathSeparator + first.classes());
    }

    /** A source file made of a text. */
    static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("memory:///" + name), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** The Java files of a folder. */
    static List<JavaFileObject> sources(Path folder) {
        return read(folder).entrySet().stream()
                .filter(file -> file.getKey().endsWith(".java"))
                .map(file -> source(file.getKey(), file.getValue()))
                .toList();
    }

    /** The texts of all files below a folder, by their path from there. */
    static Map<String, String> read(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(
                        folder.relativize(file).toString().replace('\\', '/'),
                        Files.readString(file, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** Loads what was compiled, beside the classes of this test. */
    ClassLoader load() {
        try {
            return new URLClassLoader(
                    new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Problem> problems(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
                .map(diagnostic -> new Problem(
                        diagnostic.getSource() == null
                                ? ""
                                : Path.of(diagnostic.getSource().getName())
                                        .getFileName()
                                        .toString(),
                        diagnostic.getLineNumber(),
                        diagnostic.getMessage(Locale.ROOT)))
                .sorted(Comparator.comparingLong(Problem::line).thenComparing(Problem::message))
                .toList();
    }
}
