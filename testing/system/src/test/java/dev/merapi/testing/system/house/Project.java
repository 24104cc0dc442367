package dev.merapi.testing.system.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.Assertions;

/** The files of the project as a checkout has them: without what a build, an editor or a run leaves behind. */
final class Project {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Set<String> LEFT_BEHIND = Set.of("target", "data", "node_modules");
    private static final Set<String> TEXT =
            Set.of("java", "md", "xml", "sh", "conf", "properties", "yml", "yaml", "sql");
    private static final Set<String> SCRIPTS = Set.of("merapi", ".ci/run");

    private static final List<Path> FILES = walk();

    private Project() {}

    /** All files, relative to the root, in order. */
    static List<Path> files() {
        return FILES;
    }

    static List<Path> files(String extension) {
        return FILES.stream()
                .filter(file -> file.toString().endsWith("." + extension))
                .toList();
    }

    /** Everything a person wrote to be read by a person, a compiler or a shell. */
    static List<Path> texts() {
        return FILES.stream()
                .filter(file -> SCRIPTS.contains(file.toString()) || TEXT.contains(extension(file)))
                .toList();
    }

    /** The folders that have a pom, but for the root. */
    static List<Path> modules() {
        return FILES.stream()
                .filter(file -> file.endsWith("pom.xml"))
                .map(Path::getParent)
                .filter(folder -> folder != null)
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static boolean exists(Path file) {
        return Files.exists(ROOT.resolve(file));
    }

    /** Fails with the rule and every place that breaks it. */
    static void hold(String rule, List<String> broken) {
        if (!broken.isEmpty()) {
            Assertions.fail(rule + "\n  " + String.join("\n  ", new TreeSet<>(broken)));
        }
    }

    private static String extension(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static List<Path> walk() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String name = String.valueOf(folder.getFileName());
                    boolean hidden = name.startsWith(".") && !name.equals(".ci");
                    boolean ours = folder.equals(ROOT) || !(hidden || LEFT_BEHIND.contains(name));
                    return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.add(ROOT.relativize(file));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + ROOT, e);
        }
        found.sort(null);
        return found;
    }
}
